import { join } from 'node:path';
import { type OrderReport, orderOf, parentsInFile } from './order-of.ts';
import type { Recorder } from './recorder.ts';
import { cliJson } from './run-cli.ts';

export const wfFolder = join(import.meta.dirname, '..', 'data', 'dags', 'wfinstances');
const project = 'wf';

export type Imported = {
  readonly workflow: string;
  readonly version: number;
  readonly tasks: number;
  readonly edges: number;
  readonly depth: number;
  readonly width: number;
  readonly criticalPathSeconds: number;
};

export type WfRun = {
  readonly status: string;
  readonly seconds: number;
  readonly order: OrderReport;
};

/** A project whose http tasks may reach the recorder. */
export const openProject = async (credentials: string, recorder: Recorder): Promise<void> => {
  await cliJson(['projects', 'create', project], credentials);
  await cliJson(['projects', 'set', project, '--allow-host', recorder.host], credentials);
};

/** Imports a WfFormat file with http tasks that post to the recorder. */
export const importFile = (
  file: string,
  credentials: string,
  recorder: Recorder,
): Promise<Imported> =>
  cliJson(
    [
      ...['import', 'wfformat', join(wfFolder, file), '--project', project],
      ...['--name', nameOf(file), '--kind', 'http', '--speed', '1000', '--url', recorder.url],
    ],
    credentials,
  );

/** Starts what was imported, waits for its end and holds the recorder's calls against the file. */
export const runImported = async (
  file: string,
  credentials: string,
  recorder: Recorder,
): Promise<WfRun> => {
  const before = recorder.calls.length;
  const startedAt = performance.now();
  const { run } = await cliJson<{ readonly run: string }>(
    ['start', nameOf(file), '--project', project],
    credentials,
  );
  const { status } = await cliJson<{ readonly status: string }>(
    ['run', run, '--wait', '600'],
    credentials,
  );
  return {
    status,
    seconds: (performance.now() - startedAt) / 1000,
    order: orderOf(recorder.calls.slice(before), parentsInFile(join(wfFolder, file))),
  };
};

export const nameOf = (file: string): string => file.replace('.json.gz', '');
