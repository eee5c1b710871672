import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackfillView } from '../shared/contracts/api/backfill-view.ts';
import type { Client } from '../shared/contracts/client/create-client.ts';
import { apiClient } from '../tests/e2e/api-client.ts';
import { orderOf, parentsInFile } from '../tests/e2e/order-of.ts';
import { type RecordedCall, type Recorder, startRecorder } from '../tests/e2e/recorder.ts';
import { importFile, nameOf, openProject, wfFolder } from '../tests/e2e/wf-run.ts';
import { startBenchHost } from './bench-host.ts';

const project = 'wf';
const groups = 2;
const pollMs = 500;
const patienceMs = 7_200_000;

type Entry = { readonly file: string; readonly tasks: number };

/**
 * Real workflows filled in for the past: the largest epigenomics DAG over 10 dates, and one date of the seismology with
 * 1,101 tasks. HTTP tasks at speed 1000 call a recorder outside the product. Ends with 1 unless planned = created =
 * finished = calls, and each date kept the order of its graph.
 */
export const benchBackfill = async (only?: string): Promise<boolean> => {
  const entries = JSON.parse(readFileSync(join(wfFolder, 'manifest.json'), 'utf8')) as Entry[];
  const largest = (name: string) =>
    entries
      .filter(({ file }) => file.startsWith(name))
      .toSorted((a, b) => b.tasks - a.tasks)
      .slice(0, 1);
  const cases = [
    ...largest('epigenomics').map((entry) => ({ ...entry, dates: 10 })),
    ...largest('seismology').map((entry) => ({ ...entry, dates: 1 })),
  ].filter(({ file }) => !only || file.includes(only));

  const state = mkdtempSync(join(tmpdir(), 'nightshift-backfill-'));
  const host = await startBenchHost(state);
  const recorder = await startRecorder();
  let fine = true;
  try {
    await openProject(host.credentialsFile, recorder);
    const call = apiClient(host.credentialsFile);
    console.log('file | tasks | dates | planned | created | finished | calls | create s | wall s');
    for (const each of cases) {
      await importFile(each.file, host.credentialsFile, recorder);
      fine = (await fill(call, each, recorder)) && fine;
    }
  } finally {
    recorder.stop();
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  }
  return fine;
};

const fill = async (
  call: Client,
  { file, tasks, dates }: Entry & { readonly dates: number },
  recorder: Recorder,
): Promise<boolean> => {
  const before = recorder.calls.length;
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const body = {
    selection: { roots: [`${project}/${nameOf(file)}`] },
    dates: { ranges: [{ from: '2026-01-01', to: `2026-01-${String(dates).padStart(2, '0')}` }] },
    groups,
  };
  const preview = await call('previewBackfill', { params: { project }, body });
  const { id, request = '' } = await call('createBackfill', { params: { project }, body });
  await until(call, id, ({ creation }) => creation?.status !== 'REQUESTED');
  const createSeconds = seconds();
  const done = await until(call, id, ({ status }) => status === 'SUCCESS' || status === 'FAILED');
  const calls = recorder.calls.slice(before);
  const { result } = await call('getRequest', { params: { request } });
  const made = result?.instances ?? 0;
  const finished = done.counts.SUCCESS ?? 0;
  console.log(
    [
      ...[nameOf(file), tasks, dates, preview.instances, made, finished],
      ...[calls.length, createSeconds, seconds()],
    ].join(' | '),
  );
  const disorder = disorderOf(calls, file);
  for (const each of disorder) console.log(`  ${each}`);
  return (
    disorder.length === 0 &&
    done.status === 'SUCCESS' &&
    [preview.instances, made, finished, calls.length].every((count) => count === tasks * dates)
  );
};

/** The backfill once `holds` is true of it. A look that a stall of the machine has cut off is taken again. */
const until = async (
  call: Client,
  backfill: string,
  holds: (view: BackfillView) => boolean,
): Promise<BackfillView> => {
  const end = Date.now() + patienceMs;
  for (;;) {
    const view = await call('getBackfill', { params: { project, backfill } }).catch((error) => {
      if (error instanceof TypeError) return undefined;
      throw error;
    });
    if (view && holds(view)) return view;
    if (Date.now() > end) throw new Error(`backfill ${backfill} is still ${view?.status}`);
    await sleep(pollMs);
  }
};

/** What each date did that its graph forbids. */
const disorderOf = (calls: readonly RecordedCall[], file: string): readonly string[] => {
  const parents = parentsInFile(join(wfFolder, file));
  return [...Map.groupBy(calls, ({ run }) => run)].flatMap(([run, own]) => {
    const { tooEarly, notOnce } = orderOf(own, parents);
    return [
      ...(tooEarly.length > 0 ? [`${run} too early: ${tooEarly.join(', ')}`] : []),
      ...(notOnce.length > 0 ? [`${run} not once: ${notOnce.join(', ')}`] : []),
    ];
  });
};
