import { randomUUID } from 'node:crypto';
import type { HostClock } from './clock.ts';
import { account, region } from './local-names.ts';
import type { Machine, RunResult } from './machine.ts';
import type { StateStore } from './state-store.ts';
import { WireRefused } from './wire-refused.ts';

export type HostedMachine = {
  readonly arn: string;
  readonly name: string;
  readonly express: boolean;
  readonly machine: Machine;
};

export type ExecutionRow = {
  readonly arn: string;
  readonly machine: string;
  readonly name: string;
  readonly express: number;
  readonly input: string;
  readonly status: 'RUNNING' | RunResult['status'];
  readonly started: number;
  readonly stopped: number | null;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
};

export type StatusChanged = (execution: ExecutionRow) => void;

export type Executions = {
  start(request: {
    readonly stateMachineArn: string;
    readonly name?: string | undefined;
    readonly input?: string | undefined;
  }): { readonly executionArn: string; readonly startDate: number };
  stop(arn: string, error?: string, cause?: string): { readonly stopDate: number };
  describe(arn: string): ExecutionRow;
  /** What an earlier host left running: Express once more, Standard reported as aborted. */
  recover(): void;
  running(): number;
  /** Lets go of everything without a word; what still runs is found by `recover`. */
  close(): void;
};

const inputLimit = 262_144;

export const executions = (
  machines: readonly HostedMachine[],
  store: StateStore,
  clock: HostClock,
  changed: StatusChanged,
): Executions => {
  const byArn = new Map(machines.map((hosted) => [hosted.arn, hosted]));
  const live = new Map<string, { abort(): void }>();
  let closed = false;
  const insert = store.db.prepare(
    "INSERT INTO executions (arn, machine, name, express, input, status, started) VALUES (?, ?, ?, ?, ?, 'RUNNING', ?)",
  );
  const find = store.db.prepare('SELECT * FROM executions WHERE arn = ?');
  const finish = store.db.prepare(
    'UPDATE executions SET status = ?, stopped = ?, output = ?, error = ?, cause = ? WHERE arn = ?',
  );
  const forget = store.db.prepare('DELETE FROM executions WHERE arn = ?');
  const left = store.db.prepare(
    "SELECT * FROM executions WHERE status = 'RUNNING' ORDER BY started",
  );
  const known = (arn: string): ExecutionRow | undefined =>
    find.get(arn) as ExecutionRow | undefined;

  const end = (row: ExecutionRow, result: RunResult): void => {
    if (closed) return;
    live.delete(row.arn);
    if (row.express) {
      forget.run(row.arn);
      return;
    }
    const ended: ExecutionRow = {
      ...row,
      status: result.status,
      stopped: clock.now(),
      output: result.status === 'SUCCEEDED' ? result.output : null,
      error: result.status === 'SUCCEEDED' ? null : result.error,
      cause: result.status === 'SUCCEEDED' ? null : result.cause,
    };
    finish.run(ended.status, ended.stopped, ended.output, ended.error, ended.cause, ended.arn);
    changed(ended);
  };

  const run = (row: ExecutionRow, { machine }: HostedMachine): void => {
    const { ended, abort } = machine.run(row.input, { name: row.name, arn: row.arn });
    live.set(row.arn, { abort });
    void ended.then((result) => {
      if (live.has(row.arn)) end(row, result);
    });
  };

  const hostedOf = (arn: string): HostedMachine => {
    const hosted = byArn.get(arn);
    if (!hosted)
      throw new WireRefused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return hosted;
  };

  const standard = (arn: string): ExecutionRow => {
    if (arn.includes(':express:'))
      throw new WireRefused(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    const row = known(arn);
    if (!row) throw new WireRefused('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return row;
  };

  return {
    start({ stateMachineArn, name = randomUUID(), input = '{}' }) {
      const hosted = hostedOf(stateMachineArn);
      if (!/^[\w-]{1,80}$/.test(name))
        throw new WireRefused('InvalidName', `Invalid Name: '${name}'`);
      if (Buffer.byteLength(input) > inputLimit)
        throw new WireRefused('ValidationException', 'Input too long: 262144 bytes at most');
      refuseNonJson(input);

      const arn = hosted.express
        ? `arn:aws:states:${region}:${account}:express:${hosted.name}:${name}:${randomUUID()}`
        : `arn:aws:states:${region}:${account}:execution:${hosted.name}:${name}`;
      const earlier = hosted.express ? undefined : known(arn);
      if (earlier) {
        if (earlier.status === 'RUNNING' && earlier.input === input)
          return { executionArn: arn, startDate: earlier.started };
        throw new WireRefused('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      const row: ExecutionRow = {
        arn,
        machine: hosted.arn,
        name,
        express: hosted.express ? 1 : 0,
        input,
        status: 'RUNNING',
        started: clock.now(),
        stopped: null,
        output: null,
        error: null,
        cause: null,
      };
      insert.run(row.arn, row.machine, row.name, row.express, row.input, row.started);
      if (!hosted.express) changed(row);
      run(row, hosted);
      return { executionArn: arn, startDate: row.started };
    },

    stop(arn, error = '', cause = '') {
      const row = standard(arn);
      if (row.status !== 'RUNNING') return { stopDate: row.stopped ?? row.started };
      live.get(arn)?.abort();
      end(row, { status: 'ABORTED', error, cause });
      return { stopDate: clock.now() };
    },

    describe: standard,

    recover() {
      for (const row of left.all() as unknown as ExecutionRow[]) {
        const hosted = byArn.get(row.machine);
        if (hosted?.express) run(row, hosted);
        else if (row.express) forget.run(row.arn);
        else
          end(row, {
            status: 'ABORTED',
            error: 'Host.Stopped',
            cause: 'the local host was stopped',
          });
      }
    },

    running: () => live.size,

    close() {
      closed = true;
      for (const { abort } of live.values()) abort();
      live.clear();
    },
  };
};

function refuseNonJson(input: string): void {
  try {
    JSON.parse(input);
  } catch {
    throw new WireRefused(
      'InvalidExecutionInput',
      'Invalid State Machine Execution Input: not JSON',
    );
  }
}
