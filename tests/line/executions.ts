import type { RunTaskInput, StageOutput } from '../../shared/contracts/stages.ts';
import type { LineStages } from './line-stages.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What becomes of one execution of a RunTask machine. */
export type Fate = {
  /** How long the work takes; a time-out ends it earlier. */
  readonly seconds: number;
  /** `vanishes`: claimed, then dead. `hangs`: claimed, and alive until it is stopped. `unclaimed`: it never begins. */
  readonly how: 'succeeds' | 'fails' | 'vanishes' | 'hangs' | 'unclaimed';
  /** Express runs at least once: the same execution begins again. */
  readonly twice?: boolean | undefined;
  readonly outputs?: Readonly<Record<string, string>> | undefined;
  /** Dataset that it says it has written. */
  readonly wrote?: { readonly dataset: string; readonly rows?: number } | undefined;
};

export type FateOf = (input: RunTaskInput) => Fate;

type Claimed = Extract<StageOutput<'run-claim'>, { proceed: true }>;
type Standard = { readonly input: RunTaskInput; over: boolean };

const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };

/**
 * Plays the two RunTask machines: claim, work for a while, finish. Express starts whatever it is asked to; Standard
 * starts a name once, can be stopped, and tells when it ended without finishing.
 */
export const executions = (time: VirtualTime, stages: () => LineStages, fateOf: FateOf) => {
  const standard = new Map<string, Standard>();
  let working = new Map<string, number>();
  let [started, tokens, mostAtOnce] = [0, 0, 0];

  const begin = (input: RunTaskInput, fate: Fate, execution?: Standard) => async () => {
    if (execution?.over) return;
    tokens += 1;
    const claimed = await stages().claim({ ...input, token: `token-${tokens}` }, host);
    if (!claimed.proceed) {
      if (execution) execution.over = true;
      return;
    }
    const out = (working.get(input.instanceId) ?? 0) + 1;
    working.set(input.instanceId, out);
    mostAtOnce = Math.max(mostAtOnce, out);
    if (fate.how === 'hangs') return;
    const seconds = Math.min(fate.seconds, input.timeoutSeconds);
    const late = fate.seconds > input.timeoutSeconds;
    time.after(seconds, end(claimed, { ...fate, late }, execution));
  };

  const end =
    (claimed: Claimed, fate: Fate & { late: boolean }, execution?: Standard) => async () => {
      if (execution?.over) return;
      const { instanceId } = claimed;
      const gone = () => working.set(instanceId, (working.get(instanceId) ?? 1) - 1);
      if (fate.how === 'vanishes') {
        gone();
        if (execution) await abort(execution, 'FAILED')();
        return;
      }
      gone();
      await stages().finish(
        fate.late
          ? { ...claimed, error: { Error: 'States.Timeout' } }
          : {
              ...claimed,
              result: {
                ok: fate.how === 'succeeds',
                ...(fate.how === 'fails' ? { error: 'it failed' } : {}),
                outputs: fate.outputs ?? {},
                ...(fate.wrote ? { wrote: fate.wrote } : {}),
                lines: [],
                usage: {},
              },
            },
        host,
      );
      if (execution) execution.over = true;
    };

  const abort = (execution: Standard, status: string) => async () => {
    execution.over = true;
    const { input } = execution;
    const detail = { status, name: 'execution', input: JSON.stringify(input) };
    await stages().ended({ detail }, host);
  };

  return {
    async start(machine: string, name: string, given: unknown): Promise<void> {
      const input = given as RunTaskInput;
      const fate = fateOf(input);
      if (machine === 'standard') {
        if (standard.has(name)) return;
        const execution: Standard = { input, over: false };
        standard.set(name, execution);
        started += 1;
        if (fate.how !== 'unclaimed') time.after(0, begin(input, fate, execution));
        return;
      }
      started += 1;
      if (fate.how === 'unclaimed') return;
      time.after(0, begin(input, fate));
      if (fate.twice) time.after(0, begin(input, fate));
    },
    async stop(name: string): Promise<void> {
      const execution = standard.get(name);
      if (!execution || execution.over) return;
      execution.over = true;
      working.delete(execution.input.instanceId);
      time.after(0, abort(execution, 'ABORTED'));
    },
    /** The machine was killed: Express executions are gone, Standard ones are reported as aborted. */
    die() {
      working = new Map();
      for (const execution of standard.values())
        if (!execution.over) time.after(1, abort(execution, 'ABORTED'));
    },
    started: () => started,
    /** Most executions that worked on one instance at the same time. */
    mostAtOnce: () => mostAtOnce,
  };
};
