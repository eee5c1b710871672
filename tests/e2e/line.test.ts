import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../local/synthesize.ts';
import { crashRun } from './crash-run.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { type HostProcess, spawnHost } from './spawn-host.ts';
import { importFile, openProject, runImported } from './wf-run.ts';

const root = join(import.meta.dirname, '..', '..');
const minutes = 60_000;
/** More of them with `npm run bench -- crash`. */
const seed = Number(process.env.NIGHTSHIFT_CRASH_SEED ?? '1');

let assembly: string;
beforeAll(async () => {
  assembly = await synthesize(root, () => {});
});

describe('the line, on the synthesized stack', () => {
  let host: HostProcess;
  let recorder: Recorder;
  const state = mkdtempSync(join(tmpdir(), 'nightshift-line-'));

  beforeAll(async () => {
    recorder = await startRecorder();
    host = await spawnHost({ assembly, state });
    await openProject(host.credentialsFile, recorder);
  });
  afterAll(async () => {
    recorder.stop();
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  });

  it.each([
    ['helloworld-forkjoin-10-chameleon.json.gz', { tasks: 10, edges: 16, depth: 3, width: 8 }],
    ['hic-dirt02-001.json.gz', { tasks: 38, edges: 47, depth: 13, width: 6 }],
  ])(
    'runs %s: each task once, none before its last parent ended',
    async (file, figures) => {
      expect(await importFile(file, host.credentialsFile, recorder)).toMatchObject(figures);
      const { status, order } = await runImported(file, host.credentialsFile, recorder);
      expect(status).toBe('SUCCESS');
      expect(order.tooEarly).toEqual([]);
      expect(order.notOnce).toEqual([]);
    },
    5 * minutes,
  );
});

describe('a host that was killed in the middle of a run and started again', () => {
  it.each([
    ['finishes', false],
    ['finishes on a store that conflicts, throttles and loses replies', true],
  ])(
    '%s: every task has one successful attempt, no slot is in use, the counters are right',
    async (_, faults) => {
      expect(await crashRun(assembly, seed, { faults })).toMatchObject({
        status: 'SUCCESS',
        notOnce: [],
        slotsInUse: 0,
        counterErrors: {},
      });
    },
    10 * minutes,
  );
});
