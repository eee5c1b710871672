import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aGeneratedWorkflow } from '../../testing/a-workflow.ts';
import { dagArbitrary } from '../../testing/dag-arbitrary.ts';
import type { Plan } from '../generation/plan.ts';
import { merged } from '../generation/plan-task.ts';
import { plusDays } from '../kernel/calendar-day.ts';
import { BackfillSpec } from './backfill.schema.ts';
import { dateBarrierId } from './date-barrier.ts';
import { type Filling, fillingOf } from './filling.ts';
import { groupDates } from './group-dates.ts';
import { listDate } from './list-date.ts';
import { firstOf, lastOf, planShare } from './plan-share.ts';

const now = '2026-11-20T10:00:00.000Z';

type Case = { readonly filling: Filling; readonly whole: Plan; readonly pieces: number };

/** Some tasks of a random workflow over some dates, planned in pieces as chunks are. */
const cases = fc
  .record({
    dag: dagArbitrary(),
    self: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    period: fc.array(fc.constantFrom('current', 'last', 'last24h'), {
      minLength: 20,
      maxLength: 20,
    }),
    hourly: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    chosen: fc.array(fc.constantFrom('run', 'dry-run', 'none'), { minLength: 8, maxLength: 8 }),
    dates: fc.integer({ min: 1, max: 5 }),
    groups: fc.integer({ min: 1, max: 4 }),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    pieces: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ dag, self, period, hourly, chosen, dates, groups, order, pieces }): Case => {
    const tasks = dag.nodes.map((name, n) => ({
      name,
      kind: 'noop' as const,
      selfDependent: self[n] ?? false,
      ...(hourly[n]
        ? { schedule: { every: 'hour' as const, interval: 8, from: '00:00', to: '23:59' } }
        : {}),
      upstreams: dag.edges.flatMap(({ from, to }, e) =>
        to === name ? [{ task: from, period: period[e % 20] as 'current' }] : [],
      ),
    }));
    const workflow = aGeneratedWorkflow({ tasks });
    const named = (how: string) => dag.nodes.filter((_, n) => chosen[n] === how);
    const days = Array.from({ length: dates }, (_, n) => plusDays('2026-11-01', n));
    const spec = BackfillSpec.parse({ selection: { roots: ['p/w'] }, dates: { last: 1 } });
    const filling = fillingOf({
      backfill: { ...spec, id: 'abc' },
      workflows: [workflow],
      plan: {
        workflows: [
          {
            ...{ project: 'p', workflow: 'w', version: 1, content: 'c', zone: 'UTC', dst: 'shift' },
            run: named('run'),
            dryRun: named('dry-run'),
          },
        ],
        dates: groupDates(days, groups, order).map((date) => ({ ...date, instances: 1, runs: [] })),
      },
    });
    const shares = filling.plan.dates.flatMap(({ bizDate }, n) => {
      const size = listDate(filling, bizDate).length;
      return Array.from({ length: Math.ceil(size / pieces) }, (_, piece) =>
        planShare(filling, { n, from: piece * pieces, to: (piece + 1) * pieces }, now),
      );
    });
    return { filling, whole: merged(shares), pieces };
  });

const work = ({ instances }: Plan) => instances.filter(({ family }) => family === 'backfill');

describe('a backfill as it is planned', () => {
  it('N48 has exactly the instances that are listed for each date, in whatever pieces', () => {
    fc.assert(
      fc.property(cases, ({ filling, whole }) => {
        const listed = filling.plan.dates.flatMap(({ bizDate }) => listDate(filling, bizDate));
        expect(
          work(whole)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(listed.map(({ id }) => id).toSorted());
        for (const { id, empty } of work(whole))
          expect(empty === 'dry-run').toBe(listed.find((each) => each.id === id)?.runs === false);
      }),
    );
  });

  it('N57 has edges only among its own instances, but for the recurring past of a self-dependent task', () => {
    fc.assert(
      fc.property(cases, ({ whole }) => {
        const ids = new Set(whole.instances.map(({ id }) => id));
        for (const { child, parent, kind, ifExists } of whole.edges) {
          expect(ids.has(child)).toBe(true);
          if (ids.has(parent)) expect(ifExists).toBeUndefined();
          else expect([kind, ifExists, parent.includes('~r~')]).toEqual(['self', true, true]);
        }
      }),
    );
  });

  it('N49 N51 N52 lets a date begin only when all of the date before it in its group has succeeded', () => {
    fc.assert(
      fc.property(cases, ({ filling, whole }) => {
        const { dates } = filling.plan;
        const of = (date: string): Plan => ({
          instances: work(whole).filter(({ bizDate }) => bizDate === date),
          edges: whole.edges,
        });
        for (const [n, date] of dates.entries()) {
          const before = dates[n - 1];
          if (before?.group !== date.group || of(date.bizDate).instances.length === 0) continue;
          const barrier = dateBarrierId(filling.backfill, before.bizDate);
          expect(whole.instances.filter(({ id }) => id === barrier)).toHaveLength(1);
          const above = ancestorsIn(whole, barrier);
          for (const { id } of of(before.bizDate).instances) expect(above.has(id)).toBe(true);
          for (const { id } of of(date.bizDate).instances)
            expect(ancestorsIn(whole, id).has(barrier)).toBe(true);
        }
        const barriers = whole.instances.filter(({ scope }) => scope === 'bf-abc');
        expect(barriers.length).toBeLessThan(Math.max(1, dates.length));
      }),
      { numRuns: 60 },
    );
  });

  it('never waits for itself, whatever the order of its dates', () => {
    fc.assert(
      fc.property(cases, ({ whole }) => {
        for (const { id } of whole.instances) expect(ancestorsIn(whole, id).has(id)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('begins with what has no parent of its date and ends with what has no child there', () => {
    const plan = {
      instances: ['a', 'b', 'c'].map((id) => ({ id, family: 'backfill' })),
      edges: [
        { child: 'b', parent: 'a', kind: 'current' },
        { child: 'a', parent: 'yesterday', kind: 'self' },
      ],
    } as unknown as Plan;
    expect(firstOf(plan).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(lastOf(plan).map(({ id }) => id)).toEqual(['b', 'c']);
  });
});

const ancestorsIn = ({ edges }: Plan, id: string): ReadonlySet<string> => {
  const above = Map.groupBy(edges, ({ child }) => child);
  const seen = new Set<string>();
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const { parent } of above.get(next) ?? [])
      if (!seen.has(parent)) {
        seen.add(parent);
        queue.push(parent);
      }
  return seen;
};
