import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../shared/contracts/client/create-client.ts';
import { apiClient } from '../tests/e2e/api-client.ts';
import { quantile } from '../tests/e2e/order-of.ts';
import { type RecordedCall, startRecorder } from '../tests/e2e/recorder.ts';
import { startBenchHost } from './bench-host.ts';

const project = 'line';
const chainLength = 40;
const width = 600;
const pollMs = 250;

/**
 * How quick the line is on this machine, with HTTP tasks that answer at once: a chain for the time from a parent's end to
 * its child's start, and many tasks without parents for starts per second. Each runs once before, so that bundles are warm.
 */
export const benchLine = async (): Promise<boolean> => {
  const state = mkdtempSync(join(tmpdir(), 'nightshift-line-'));
  const host = await startBenchHost(state);
  const recorder = await startRecorder();
  try {
    const call = apiClient(host.credentialsFile);
    await call('createProject', { body: { name: project, allowHosts: [recorder.host] } });
    const url = recorder.url;
    await publish(call, 'chain', chainOf(chainLength, url));
    await publish(
      call,
      'wide',
      chainOf(width, url).map((task) => ({ ...task, upstreams: [] })),
    );

    console.log('what | tasks | p50 ms | p95 ms | starts/s');
    await runOnce(call, 'chain', recorder.calls, chainLength);
    for (let round = 0; round < 3; round += 1) {
      const calls = await runOnce(call, 'chain', recorder.calls, chainLength);
      const hops = hopsOf(calls);
      console.log(`hop | ${chainLength} | ${ms(hops, 0.5)} | ${ms(hops, 0.95)} |`);
    }
    await runOnce(call, 'wide', recorder.calls, width);
    for (let round = 0; round < 3; round += 1) {
      const calls = await runOnce(call, 'wide', recorder.calls, width);
      const starts = calls.map(({ startedAt }) => startedAt).toSorted((a, b) => a - b);
      const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000;
      console.log(`wide | ${width} | | | ${((width - 1) / seconds).toFixed(0)}`);
    }
    return true;
  } finally {
    recorder.stop();
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  }
};

const ms = (sorted: readonly number[], q: number): string => quantile(sorted, q).toFixed(0);

const chainOf = (length: number, url: string) =>
  Array.from({ length }, (_, n) => ({
    name: `t${n}`,
    kind: 'http',
    url,
    method: 'POST',
    body: { workflow: 'w', run: '${run}', task: `t${n}`, attempt: '${attempt}', seconds: 0 },
    upstreams: n === 0 ? [] : [`t${n - 1}`],
  }));

const publish = (call: Client, workflow: string, tasks: ReturnType<typeof chainOf>) =>
  call('publishWorkflow', {
    params: { project, workflow },
    body: { definition: { workflow, tasks } },
  });

/** The calls of one run of a workflow, once its last task has ended. */
const runOnce = async (
  call: Client,
  workflow: string,
  calls: readonly RecordedCall[],
  tasks: number,
): Promise<readonly RecordedCall[]> => {
  const before = calls.length;
  const { run } = await call('startWorkflow', { params: { project, workflow }, body: {} });
  while (calls.length < before + tasks) await sleep(pollMs);
  for (;;) {
    const { status } = await call('getRun', { params: { run } });
    if (status === 'SUCCESS') return calls.slice(before);
    if (status !== 'RUNNING') throw new Error(`${run} ended ${status}`);
    await sleep(pollMs);
  }
};

/** From the answer of a task to the call of the next, sorted. */
const hopsOf = (calls: readonly RecordedCall[]): readonly number[] => {
  const ordered = calls.toSorted((a, b) => a.startedAt - b.startedAt);
  return ordered
    .slice(1)
    .map(({ startedAt }, n) => startedAt - (ordered[n]?.endedAt ?? 0))
    .toSorted((a, b) => a - b);
};
