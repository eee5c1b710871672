import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { descendantsOf, graphOf } from '../../shared/domain/workflow/graph.ts';
import { importWfFormat } from '../../shared/domain/workflow/wfformat.ts';
import { startApi } from '../api/start-api.ts';
import { settled } from './bulk-operation.ts';
import { recurring } from './line-tasks.ts';
import { startLine } from './start-line.ts';

const folder = join(import.meta.dirname, '..', 'data', 'dags', 'wfinstances');
/** The largest of the epigenomics runs: 1,695 tasks. */
const file = 'epigenomics-chameleon-ilmn-6seq-50k-001.json.gz';

/** Its tasks run nothing: what is looked at is who goes when. With attempts: `npm run bench -- downstream`. */
const read = () => {
  const content = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());
  const imported = importWfFormat(content, { workflow: 'w', kind: 'noop' });
  if (!imported.ok) throw new Error(JSON.stringify(imported.error));
  return imported.value;
};

it('N38 N39 a rerun downstream in the largest epigenomics run: planned = moved = finished, in order', async () => {
  const { definition, tasks } = read();
  const graph = graphOf(definition);
  const [first = ''] = graph.order;
  const below = descendantsOf(graph, first).size + 1;
  const line = await startLine({ at: '2026-11-19T23:59:00.000Z' });
  try {
    const call = startApi(line.stores, line.clock).as('ann', ['operator']);
    await line.publish({ ...definition, schedule: { every: 'day', at: '00:00' } });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:01.000Z');
    const { seen } = line;
    const finished = (times: number) =>
      seen.instances().filter(({ id, status }) => {
        return status === 'SUCCESS' && seen.successesOf(id) === times;
      }).length;
    expect(finished(1)).toBe(tasks);

    const done = await settled(line, call, {
      op: 'rerun-downstream',
      downstream: { root: recurring(`w/${first}`), range: 'terminal' },
    });
    const { total, succeeded, plan } = done;
    console.info('rerun downstream of epigenomics:', {
      ...{ planned: total, moved: succeeded, finished: finished(2), levels: plan?.levels },
    });
    expect(done).toMatchObject({ total: below, succeeded: below, skipped: 0, failed: 0 });
    expect([finished(1), finished(2)]).toEqual([tasks - below, below]);
    expect(line.failures).toEqual([]);
    // The witness notes every start before the last parent has succeeded.
    expect(seen.faults).toEqual([]);
  } finally {
    await line.close();
  }
}, 400_000);
