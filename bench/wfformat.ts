import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from '../tests/e2e/order-of.ts';
import { type Recorder, startRecorder } from '../tests/e2e/recorder.ts';
import { importFile, nameOf, openProject, runImported, wfFolder } from '../tests/e2e/wf-run.ts';
import { startBenchHost } from './bench-host.ts';

/** Larger ones are imported only, but for the one with a thousand parents of one child. */
const mostTasks = 200;

type Entry = { readonly file: string; readonly tasks: number; readonly maxIn: number };

/**
 * Real workflows end to end: every WfFormat file is imported; those with at most 200 tasks, and the one with 1,100
 * parents of one child, run with HTTP tasks at speed 1000 against a recorder outside the product. Ends with 1 when a
 * task began before its last parent had ended or was called more or less than once.
 */
export const benchWfFormat = async (only?: string): Promise<boolean> => {
  const entries = JSON.parse(readFileSync(join(wfFolder, 'manifest.json'), 'utf8')) as Entry[];
  const state = mkdtempSync(join(tmpdir(), 'nightshift-wf-'));
  const host = await startBenchHost(state);
  const recorder = await startRecorder();
  let fine = true;
  try {
    await openProject(host.credentialsFile, recorder);
    console.log('file | tasks | edges | depth | run | wall s | tasks/s | hop p50 ms | hop p95 ms');
    for (const entry of entries.filter(({ file }) => !only || file.includes(only)))
      fine = (await tryFile(entry, host.credentialsFile, recorder)) && fine;
  } finally {
    recorder.stop();
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  }
  return fine;
};

const tryFile = async (
  { file, tasks, maxIn }: Entry,
  credentials: string,
  recorder: Recorder,
): Promise<boolean> => {
  const imported = await importFile(file, credentials, recorder);
  const head = `${nameOf(file)} | ${imported.tasks} | ${imported.edges} | ${imported.depth}`;
  if (imported.tasks !== tasks) return fail(head, `the manifest says ${tasks} tasks`);
  if (tasks > mostTasks && maxIn < 1000) return say(`${head} | imported | | | |`);

  const { status, seconds, order } = await runImported(file, credentials, recorder);
  const hops = `${quantile(order.hops, 0.5).toFixed(0)} | ${quantile(order.hops, 0.95).toFixed(0)}`;
  if (status !== 'SUCCESS') return fail(head, `ended ${status}`);
  if (order.tooEarly.length > 0) return fail(head, `too early: ${order.tooEarly.join(', ')}`);
  if (order.notOnce.length > 0) return fail(head, `not once: ${order.notOnce.join(', ')}`);
  return say(
    `${head} | ${status} | ${seconds.toFixed(1)} | ${(tasks / seconds).toFixed(0)} | ${hops}`,
  );
};

const say = (line: string): true => {
  console.log(line);
  return true;
};

const fail = (head: string, why: string): false => {
  console.log(`${head} | FAILED: ${why}`);
  return false;
};
