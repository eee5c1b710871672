import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededChance } from '../faults/seeded-chance.ts';
import { apiClient } from './api-client.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { cliJson, runCli } from './run-cli.ts';
import { spawnHost } from './spawn-host.ts';

const folder = join(import.meta.dirname, '..', 'data', 'dags', 'wfinstances');
const file = 'epigenomics-chameleon-hep-1seq-100k-001.json.gz';
const tasks = 41;
const limit = 6;
/** An attempt that died with the host is found when its time is up: at this speed in ten seconds, not two minutes. */
const clockSpeed = 12;

/** What is left after a host was killed in the middle of a run and started again. */
export type CrashReport = {
  readonly seed: number;
  /** Calls that had arrived when the host was killed. */
  readonly callsAtCrash: number;
  readonly status: string;
  /** Tasks without exactly one successful attempt. */
  readonly notOnce: readonly string[];
  readonly slotsInUse: number;
  /** Day counters minus a count of the instances, by status; empty: equal. */
  readonly counterErrors: Readonly<Record<string, number>>;
  readonly attempts: number;
  readonly seconds: number;
};

/**
 * Runs a real workflow under a throttling rule, kills the host with SIGKILL at a point that the seed chooses, starts it
 * again and waits for the end.
 */
export const crashRun = async (
  assembly: string,
  seed: number,
  { faults }: { readonly faults: boolean },
): Promise<CrashReport> => {
  const state = mkdtempSync(join(tmpdir(), 'nightshift-crash-'));
  const recorder = await startRecorder();
  const startedAt = performance.now();
  const args = { assembly, state, speed: clockSpeed, seed: faults ? seed : undefined };
  try {
    const first = await spawnHost(args);
    const run = await begin(first.credentialsFile, recorder);
    const after = 1 + seededChance(seed).below(tasks - 5);
    while (recorder.calls.length < after) await sleep(5);
    const callsAtCrash = recorder.calls.length;
    await first.kill();

    const second = await spawnHost({ ...args, port: Number(new URL(first.url).port) });
    const ended = await runCli(['run', run, '--wait', '300', '--json'], second.credentialsFile);
    const report = await takeStock(second.credentialsFile, run);
    await second.stop();
    return {
      seed,
      callsAtCrash,
      status: ended.stdout === '' ? ended.stderr : JSON.parse(ended.stdout).status,
      ...report,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    recorder.stop();
    rmSync(state, { recursive: true, force: true });
  }
};

const begin = async (credentials: string, recorder: Recorder): Promise<string> => {
  const call = apiClient(credentials);
  await call('createProject', { body: { name: 'crash', allowHosts: [recorder.host] } });
  await call('createThrottleRule', {
    body: { name: 'few', scope: { projects: ['crash'] }, maxConcurrency: limit },
  });
  await cliJson(
    [
      ...['import', 'wfformat', join(folder, file), '--project', 'crash', '--name', 'w'],
      ...['--kind', 'http', '--speed', '200', '--url', recorder.url],
    ],
    credentials,
  );
  const { run } = await cliJson<{ readonly run: string }>(
    ['start', 'w', '--project', 'crash'],
    credentials,
  );
  return run;
};

const takeStock = async (credentials: string, run: string) => {
  const call = apiClient(credentials);
  const { items } = await call('listRunInstances', { params: { run } });
  const attempts = await Promise.all(
    items.map(({ id }) => call('listAttempts', { params: { instance: id } })),
  );
  const successes = attempts.map(
    ({ items: each }) => each.filter(({ status }) => status === 'SUCCESS').length,
  );
  const pools = await call('listPools', {});
  const bizDate = items[0]?.bizDate ?? '';
  const counted = await call('getCounters', {
    query: { project: 'crash', bizDate, family: 'manual' },
  });
  return {
    notOnce: items.filter((_, n) => successes[n] !== 1).map(({ task }) => task),
    slotsInUse: pools.items.reduce((sum, { used }) => sum + used, 0),
    counterErrors: differences(
      counted.statuses,
      items.map(({ status }) => status),
    ),
    attempts: attempts.reduce((sum, { items: each }) => sum + each.length, 0),
  };
};

const differences = (
  counted: Readonly<Record<string, number | undefined>>,
  statuses: readonly string[],
): Record<string, number> => {
  const all = new Set([...Object.keys(counted), ...statuses]);
  return Object.fromEntries(
    [...all].flatMap((status) => {
      const difference = (counted[status] ?? 0) - statuses.filter((each) => each === status).length;
      return difference === 0 ? [] : [[status, difference]];
    }),
  );
};
