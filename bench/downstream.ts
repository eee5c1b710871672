import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient } from '../tests/e2e/api-client.ts';
import { orderOf, parentsInFile } from '../tests/e2e/order-of.ts';
import { startRecorder } from '../tests/e2e/recorder.ts';
import { cliJson } from '../tests/e2e/run-cli.ts';
import { importFile, nameOf, openProject, wfFolder } from '../tests/e2e/wf-run.ts';
import { startBenchHost } from './bench-host.ts';

const largest = 'epigenomics-chameleon-ilmn-6seq-50k-001.json.gz';

type Run = { readonly run: string; readonly status: string };

/**
 * Runs a real workflow with attempts, then everything below its first root once more. Ends with 1 unless planned = moved
 * = finished, each was called once more, and none before its last parent among them had ended.
 */
export const benchDownstream = async (file = largest): Promise<boolean> => {
  const state = mkdtempSync(join(tmpdir(), 'nightshift-downstream-'));
  const host = await startBenchHost(state);
  const recorder = await startRecorder();
  try {
    const { credentialsFile } = host;
    await openProject(credentialsFile, recorder);
    const { tasks } = await importFile(file, credentialsFile, recorder);
    const { run } = await cliJson<Run>(['start', nameOf(file), '--project', 'wf'], credentialsFile);
    await cliJson<Run>(['run', run, '--wait', '1800'], credentialsFile);

    const call = apiClient(credentialsFile);
    const instances = await allOf(call, run);
    const [root] = instances.toSorted((a, b) =>
      (a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1,
    );
    if (!root) throw new Error(`${run} has no instances`);
    const before = recorder.calls.length;
    const startedAt = performance.now();
    const { id } = await call('planOperation', {
      body: { op: 'rerun-downstream', downstream: { root: root.id, range: 'terminal' } },
    });
    const look = () => call('getOperation', { params: { operation: id } });
    while ((await look()).status === 'PLANNING') await sleep(100);
    const { total } = await look();
    const plannedAt = performance.now();
    await call('confirmOperation', {
      params: { operation: id },
      body: { expectedTotal: total },
    });
    while ((await look()).status === 'RUNNING') await sleep(100);
    const movedAt = performance.now();
    await cliJson<Run>(['run', run, '--wait', '1800'], credentialsFile);
    const endedAt = performance.now();

    const { succeeded } = await look();
    const finished = (await allOf(call, run)).filter(
      ({ status, attempts }) => status === 'SUCCESS' && attempts > 1,
    ).length;
    const calls = recorder.calls.slice(before);
    const again = new Set(calls.map(({ task }) => task));
    const parents = new Map(
      [...parentsInFile(join(wfFolder, file))].flatMap(([task, list]) =>
        again.has(task) ? [[task, list.filter((parent) => again.has(parent))]] : [],
      ),
    );
    const { tooEarly, notOnce } = orderOf(calls, parents);
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
    console.log(
      'tasks | planned | moved | finished | too early | not once | plan s | move s | until all ended s',
    );
    console.log(
      [
        ...[tasks, total, succeeded, finished, tooEarly.length, notOnce.length],
        ...[
          seconds(startedAt, plannedAt),
          seconds(plannedAt, movedAt),
          seconds(startedAt, endedAt),
        ],
      ].join(' | '),
    );
    return (
      total > 0 &&
      total === succeeded &&
      total === finished &&
      tooEarly.length === 0 &&
      notOnce.length === 0
    );
  } finally {
    recorder.stop();
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  }
};

const allOf = async (call: ReturnType<typeof apiClient>, run: string) => {
  const found: Awaited<ReturnType<typeof page>>['items'] = [];
  const page = (cursor: string | undefined) =>
    call('listRunInstances', { params: { run }, query: { limit: 1000, cursor } });
  let cursor: string | undefined;
  do {
    const next = await page(cursor);
    found.push(...next.items);
    cursor = next.cursor;
  } while (cursor !== undefined);
  return found;
};
