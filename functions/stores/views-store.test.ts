import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../shared/domain/instance/instance.schema.ts';
import { runIdOfInstance } from '../../shared/domain/instance/instance-id.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { dayDeltasOf, splitChanges } from '../../shared/domain/run/day-counts.ts';
import { type Change, foldMove } from '../../shared/domain/run/fold-run.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { shardedBatches } from '../../tests/faults/sharded-batches.ts';
import { type InstanceStore, instanceStore } from './instance-store.ts';
import { type ViewStore, viewStore } from './views-store.ts';

const at = '2026-11-20T02:00:00.000Z';
const day = { env: 'prod', project: 'p', family: 'recurring', bizDate: '2026-11-19' } as const;
type Sequenced = Change & { readonly sequenceNumber: string };

/** 80 instances in 4 runs, each born, admitted, and ended. */
const changes: readonly Sequenced[] = ['NOT_RUN', 'SUBMITTED', 'SUCCESS'].flatMap((to, step) =>
  Array.from({ length: 80 }, (_, n) => ({
    instanceId: anInstance({ task: `t${n}`, cycle: 1 + (n % 4) }).id,
    from: (step === 0 ? undefined : step === 1 ? 'NOT_RUN' : 'SUBMITTED') as Status | undefined,
    to: to as Status,
    outcome: step === 2 ? ('ran' as const) : undefined,
    at: plusSeconds(at, step),
    version: 1,
    dueAt: at,
    sequenceNumber: String(step * 1000 + n + 1),
  })),
);

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 61],
])('views, %s', (_, seed) => {
  let open: OpenTables;
  let views: ViewStore;
  let instances: InstanceStore;

  beforeAll(async () => {
    open = await openTables({ seed });
    const { client, tables } = open;
    views = viewStore({ client, table: tables.views, instancesTable: tables.instances });
    instances = instanceStore({ client, table: tables.instances });
  });
  afterAll(() => open.close());

  /** Folds a batch as a stream consumer does: drops what is folded, then group by group, again when a run was stale. */
  const foldBatch = async (shard: string, records: readonly Sequenced[]): Promise<void> => {
    let after = await views.findCursor(shard);
    const cursor = BigInt(after ?? '0');
    const fresh = records.filter(({ sequenceNumber }) => BigInt(sequenceNumber) > cursor);
    for (const group of splitChanges(fresh)) {
      for (let folded = 'stale'; folded === 'stale'; ) {
        const runIds = [...new Set(group.map(({ instanceId }) => runIdOfInstance(instanceId)))];
        const stored = await instances.findRuns(runIds, { strong: true });
        const runs = new Map(stored);
        for (const change of group) {
          const runId = runIdOfInstance(change.instanceId);
          const run = foldMove(runs.get(runId), change);
          if (run) runs.set(runId, run);
        }
        folded = await views.fold({
          once: { shard, sequenceNumber: group.at(-1)?.sequenceNumber ?? '0', after },
          at,
          runs: [...runs].map(([runId, run]) => ({
            run,
            expectedSeq: stored.get(runId)?.seq ?? 0,
          })),
          days: dayDeltasOf(group),
        });
      }
      after = group.at(-1)?.sequenceNumber;
    }
  };

  it('count each move once although batches come twice and shards race', async () => {
    const batches = shardedBatches(changes, ({ instanceId }) => instanceId, seed ?? 1);
    expect(batches.flatMap(({ records }) => records).length).toBeGreaterThan(changes.length);
    const shards = Map.groupBy(batches, ({ shardId }) => shardId);
    await Promise.all(
      [...shards].map(async ([shard, ofShard]) => {
        for (const { records } of ofShard) await foldBatch(shard, records);
      }),
    );

    expect(await views.countsOf(day)).toEqual({
      total: 80,
      counts: { SUCCESS: 80 },
      outcomes: { ran: 80 },
    });
    const { items } = await instances.listRuns({ env: 'prod', of: { projects: ['p'] }, limit: 10 });
    expect(items).toHaveLength(4);
    for (const run of items)
      expect(run).toMatchObject({
        status: 'SUCCESS',
        total: 20,
        seq: 60,
        endedAt: plusSeconds(at, 2),
      });
  });

  it('list the runs of a project and of a workflow, the latest due first, page by page', async () => {
    const made: Run[] = [];
    for (let n = 0; n < 9; n += 1) {
      const workflow = n % 3 === 0 ? 'a' : 'b';
      const { id } = anInstance({ project: 'listed', workflow, cycle: n + 1 });
      const born = { ...changes[0], instanceId: id, dueAt: plusSeconds(at, n) } as Change;
      const run = foldMove(undefined, born);
      if (!run) throw new Error('no run');
      made.push(run);
      const once = { shard: `l${n}`, sequenceNumber: '1', after: undefined };
      await views.fold({ once, at, runs: [{ run, expectedSeq: 0 }], days: [] });
    }
    const list = async (of: Parameters<typeof instances.listRuns>[0]['of']) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await instances.listRuns({ env: 'prod', of, limit: 2, cursor });
        found.push(...page.items.map(({ runId }) => runId));
        cursor = page.cursor;
      } while (cursor);
      return found;
    };
    const latestFirst = made.map(({ runId }) => runId).reverse();
    expect(await list({ projects: ['listed', 'other'] })).toEqual(latestFirst);
    expect(await list({ project: 'listed', workflow: 'a' })).toEqual(
      latestFirst.filter((id) => id.includes('~a~')),
    );
  });

  it('count a move once by its mark where no shard id is known', async () => {
    const born = { ...changes[0], instanceId: anInstance({ bizDate: '2026-01-01' }).id } as Change;
    const marks = [{ instanceId: born.instanceId, seq: 1 }];
    const fold = () => views.fold({ once: { marks }, at, runs: [], days: dayDeltasOf([born]) });
    const answers = [await fold(), await fold()];
    expect(answers[1]).toBe('already');
    expect((await views.countsOf({ ...day, bizDate: '2026-01-01' })).total).toBe(1);
    expect(await views.foldedMarks([...marks, { instanceId: born.instanceId, seq: 2 }])).toEqual(
      new Set([`${born.instanceId}#1`]),
    );
  });

  it('set a record aside with the cursor behind it', async () => {
    const poison = { sequenceNumber: '7', content: '{}', error: 'not readable' };
    const once = { shard: 'poisoned', sequenceNumber: '7', after: undefined };
    await views.fold({ once, at, runs: [], days: [], poison });
    expect(await views.findCursor('poisoned')).toBe('7');
  });

  it('compare sequence numbers as numbers', async () => {
    const fold = (sequenceNumber: string, after?: string) =>
      views.fold({ once: { shard: 'long', sequenceNumber, after }, at, runs: [], days: [] });
    await fold('99999999999999999999999');
    await fold('100000000000000000000000', '99999999999999999999999');
    expect(await views.findCursor('long')).toBe('100000000000000000000000');
  });

  it('take up a shard exactly where it stands: a late batch, cut differently, counts nothing', async () => {
    const fold = (sequenceNumber: string, after?: string) =>
      views.fold({ once: { shard: 'cut', sequenceNumber, after }, at, runs: [], days: [] });
    await fold('5');
    await fold('9', '5');
    expect(await fold('7', '5')).toBe('already');
    expect(await fold('12', '5')).toBe('already');
    expect(await fold('9')).toBe('already');
    expect(await views.findCursor('cut')).toBe('9');
  });

  it('refuse more than fits into one transaction', async () => {
    const deltas = Array.from({ length: 25 }, (_, n) => ({
      ...day,
      project: `p${n}`,
      total: 1,
      counts: {},
      outcomes: {},
    }));
    const once = { shard: 'full', sequenceNumber: '1', after: undefined };
    await expect(views.fold({ once, at, runs: [], days: deltas })).rejects.toThrow('too much');
  });

  it('know how long a task takes', async () => {
    const task = { env: 'prod', project: 'p', workflow: 'w', task: 'timed' } as const;
    for (const seconds of [3, 10, 5]) await views.addDurations(task, [seconds]);
    const [found, none] = await views.findDurations([task, { ...task, task: 'other' }]);
    if (!open.proxy)
      expect(found).toEqual({ count: 3, sumSeconds: 18, maxSeconds: 10, lastSeconds: 5 });
    expect(found).toMatchObject({ maxSeconds: 10, lastSeconds: 5 });
    expect(none).toBeUndefined();
  });
});
