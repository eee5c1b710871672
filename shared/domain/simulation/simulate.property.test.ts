import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aGeneratedWorkflow } from '../../testing/a-workflow.ts';
import { dagArbitrary } from '../../testing/dag-arbitrary.ts';
import type { GeneratedWorkflow } from '../generation/plan.ts';
import { planDay } from '../generation/plan-day.ts';
import { ThrottleRule } from '../pool/pool.schema.ts';
import { planHorizon } from './plan-horizon.ts';
import { type SimulationInput, simulate } from './simulate.ts';
import type { SimulatedInstance, Simulation } from './simulation.schema.ts';

const from = '2026-11-20T00:00:00.000Z';
const until = '2026-11-21T00:00:00.000Z';
const work = { kind: 'http', url: 'https://example.org' } as const;
const priorities = ['LOWEST', 'LOW', 'MIDDLE', 'HIGH', 'HIGHEST'] as const;

type Case = { readonly workflow: GeneratedWorkflow; readonly seconds: readonly number[] };

/** Workflows that fire once or several times, with tasks of whole seconds. */
const aCase: fc.Arbitrary<Case> = dagArbitrary(7).chain(({ nodes, edges }) =>
  fc.record({
    workflow: fc
      .record({
        schedule: fc.constantFrom(
          { every: 'day', at: '02:00' } as const,
          { every: 'hour', interval: 6 } as const,
        ),
        priority: fc.array(fc.constantFrom(...priorities), { minLength: 7, maxLength: 7 }),
        selfDependent: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      })
      .map(({ schedule, priority, selfDependent }) =>
        aGeneratedWorkflow({
          schedule,
          tasks: nodes.map((name, i) => ({
            name,
            ...work,
            priority: priority[i],
            selfDependent: selfDependent[i],
            upstreams: [...new Set(edges.filter(({ to }) => to === name).map((edge) => edge.from))],
          })),
        }),
      ),
    seconds: fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 7, maxLength: 7 }),
  }),
);

const rule = (maxConcurrency: number, fields: object = {}) =>
  ThrottleRule.parse({ name: 'all', scope: {}, maxConcurrency, ...fields });

const inputOf = (
  { workflow, seconds }: Case,
  rules: readonly ThrottleRule[] = [],
): SimulationInput => ({
  ...{ from, until, project: 'p', workflows: [workflow] },
  stateOf: () => undefined,
  limits: { rules, groups: [], holds: [] },
  expected: ({ task }) => ({ seconds: seconds[Number(task.slice(1))] ?? 0, guessed: false }),
});

const ms = (at: string | undefined) => Date.parse(at ?? '');
const byId = ({ instances }: Simulation) => new Map(instances.map((each) => [each.id, each]));

/** How many attempts run at the moment in which `one` starts. */
const runningAt = (all: readonly SimulatedInstance[], one: SimulatedInstance) =>
  all.filter(({ startAt, endAt }) => ms(startAt) <= ms(one.startAt) && ms(endAt) > ms(one.startAt))
    .length;

describe('every simulation', () => {
  it('holds each planned instance of the horizon once, and each ends', () => {
    fc.assert(
      fc.property(aCase, fc.integer({ min: 1, max: 3 }), (given, limit) => {
        const { instances, never } = simulate(inputOf(given, [rule(limit)]));
        const planned = planDay({
          workflows: [given.workflow],
          bizDate: '2026-11-19',
          lookup: () => undefined,
        });

        expect(instances.map(({ id }) => id).toSorted()).toEqual(
          planned.instances.map(({ id }) => id).toSorted(),
        );
        expect(never).toEqual([]);
        for (const { startAt, endAt } of instances)
          expect(ms(endAt)).toBeGreaterThanOrEqual(ms(startAt));
      }),
    );
  });

  it('starts no child before its parents have ended, and nothing before it is due', () => {
    fc.assert(
      fc.property(aCase, fc.integer({ min: 1, max: 3 }), (given, limit) => {
        const input = inputOf(given, [rule(limit)]);
        const found = byId(simulate(input));
        for (const [child, parents] of planHorizon(input).parents)
          for (const parent of parents)
            expect(ms(found.get(child)?.startAt)).toBeGreaterThanOrEqual(
              ms(found.get(parent)?.endAt),
            );
        for (const { startAt, dueAt } of found.values())
          expect(startAt && startAt >= dueAt).toBe(true);
      }),
    );
  });

  it('starts at the later of due time and parents’ end where no pool limits', () => {
    fc.assert(
      fc.property(aCase, (given) => {
        const input = inputOf(given);
        const found = byId(simulate(input));
        const { parents } = planHorizon(input);
        for (const { id, dueAt, startAt } of found.values()) {
          const ends = (parents.get(id) ?? []).map((parent) => found.get(parent)?.endAt ?? '');
          expect(startAt).toBe([dueAt, ...ends].toSorted().at(-1));
        }
      }),
    );
  });

  it('never has more attempts out than the pool has slots, windows included', () => {
    const windows = [{ days: ['FRI'], from: '05:00', to: '09:30', maxConcurrency: 1 }];
    fc.assert(
      fc.property(aCase, fc.integer({ min: 1, max: 4 }), (given, limit) => {
        const { instances, pools } = simulate(inputOf(given, [rule(limit, { windows })]));
        const runs = instances.filter(({ startAt, endAt }) => startAt !== endAt);
        for (const one of runs) {
          const clock = (one.startAt ?? '').slice(11, 16);
          const inWindow = clock >= '05:00' && clock < '09:30';
          expect(runningAt(runs, one)).toBeLessThanOrEqual(inWindow ? Math.max(1, limit) : limit);
          if (inWindow && (one.startAt ?? '').slice(8, 10) === '20') {
            const begun = runs.filter(({ startAt }) => (startAt ?? '') >= '2026-11-20T05:00');
            expect(runningAt(begun, one)).toBeLessThanOrEqual(1);
          }
        }
        for (const pool of pools) expect(pool.maxUsed).toBeLessThanOrEqual(pool.limit);
      }),
    );
  });

  it('is the same for the same input', () => {
    fc.assert(
      fc.property(aCase, fc.integer({ min: 1, max: 3 }), (given, limit) => {
        const again = {
          ...given,
          workflow: { ...given.workflow, definition: structuredClone(given.workflow.definition) },
        };
        expect(simulate(inputOf(again, [rule(limit)]))).toEqual(
          simulate(inputOf(given, [rule(limit)])),
        );
      }),
    );
  });

  it('ends no later with more slots, for independent tasks of equal length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 6 }),
        (tasks, each, limit) => {
          const workflow = aGeneratedWorkflow({
            tasks: Array.from({ length: tasks }, (_, n) => ({ name: `n${n}`, ...work })),
          });
          const given = { workflow, seconds: Array.from({ length: tasks }, () => each) };
          const lastEnd = (slots: number) =>
            Math.max(
              ...simulate(inputOf(given, [rule(slots)])).instances.map(({ endAt }) => ms(endAt)),
            );

          expect(lastEnd(limit + 1)).toBeLessThanOrEqual(lastEnd(limit));
          const rounds = Math.ceil(tasks / limit);
          expect(lastEnd(limit)).toBe(ms('2026-11-20T02:00:00.000Z') + rounds * each * 1000);
        },
      ),
    );
  });
});
