import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aGeneratedWorkflow } from '../../testing/a-workflow.ts';
import { dagArbitrary } from '../../testing/dag-arbitrary.ts';
import { instanceIdOf, parseInstanceId } from '../instance/instance-id.ts';
import { plusDays } from '../kernel/calendar-day.ts';
import type { Schedule } from '../schedule/schedule.schema.ts';
import { findCycles } from '../workflow/find-cycles.ts';
import { validateDefinition } from '../workflow/validate-definition.ts';
import type { GeneratedWorkflow, Plan } from './plan.ts';
import { planDay } from './plan-day.ts';
import { cyclesOf } from './task-cycles.ts';

const clock = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);

const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  clock.map((at): Schedule => ({ every: 'day', at })),
  fc
    .record({ interval: fc.integer({ min: 1, max: 8 }), from: clock })
    .map(({ interval, from }): Schedule => ({ every: 'hour', interval, from, to: '23:59' })),
  clock.map((from): Schedule => ({ every: 'minute', interval: 20, from, to: '23:59' })),
  clock.map((at): Schedule => ({ every: 'week', on: ['MON', 'SUN'], at })),
  fc
    .uniqueArray(fc.nat(23), { minLength: 2, maxLength: 3 })
    .map((hours): Schedule => ({ every: 'cron', cron: `15 ${hours.join(',')} * * *` })),
);

const strategy = fc.option(fc.constantFrom('ALL', 'FIRST', 'LAST', 'NEAR'), { nil: undefined });
const ordering = fc.constantFrom('current', 'current', 'last24h');
const earlier = fc.oneof(
  fc.constant('last'),
  fc.integer({ min: 1, max: 3 }).map((last) => ({ last })),
);

/** Valid workflows: edges of one cycle follow a DAG, edges to earlier cycles lead anywhere. */
const workflow: fc.Arbitrary<GeneratedWorkflow> = dagArbitrary(6).chain(({ nodes, edges }) =>
  fc
    .record({
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/New_York'),
      dst: fc.constantFrom('shift', 'skip'),
      schedule,
      own: fc.array(fc.option(schedule, { nil: undefined }), { minLength: 6, maxLength: 6 }),
      self: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      how: fc.array(fc.record({ period: ordering, strategy }), {
        minLength: edges.length,
        maxLength: edges.length,
      }),
      back: fc.array(fc.record({ from: fc.nat(5), to: fc.nat(5), period: earlier, strategy }), {
        maxLength: 3,
      }),
    })
    .map(({ zone, dst, own, self, how, back, ...head }) => {
      const upstreamsOf = (name: string, i: number) => {
        const all = [
          ...edges.flatMap(({ from, to }, j) => (to === name ? [{ task: from, ...how[j] }] : [])),
          ...back.flatMap(({ from, to, ...rest }) =>
            to === i ? [{ task: nodes[from % nodes.length] ?? '', ...rest }] : [],
          ),
        ];
        const keys = all.map(({ task, period }) => JSON.stringify([task, period]));
        return all.filter((_, j) => keys.indexOf(keys[j] ?? '') === j);
      };
      const checked = validateDefinition({
        workflow: 'w',
        schedule: head.schedule,
        tasks: nodes.map((name, i) => ({
          name,
          kind: 'noop',
          schedule: own[i],
          selfDependent: self[i],
          upstreams: upstreamsOf(name, i),
        })),
      });
      if (!checked.ok) throw new Error(JSON.stringify(checked.error));
      return { ...aGeneratedWorkflow({}, { zone, dst }), definition: checked.value };
    }),
);

/** Around the days on which clocks in Europe and America change, and some others. */
const bizDate = fc.constantFrom(
  '2026-03-07',
  '2026-03-28',
  '2026-10-24',
  '2026-10-31',
  '2026-11-19',
  '2028-02-28',
);

const planOf = (planned: GeneratedWorkflow, date: string, from?: string): Plan =>
  planDay({ workflows: [planned], bizDate: date, from, lookup: () => undefined });

const idsIn = (plan: Plan): ReadonlySet<string> => new Set(plan.instances.map(({ id }) => id));

describe('every plan of a day', () => {
  it('N3 is a function of its input, with unique ids that say what they name', () => {
    fc.assert(
      fc.property(workflow, bizDate, (planned, date) => {
        const plan = planOf(planned, date);

        expect(planOf(structuredCloneOf(planned), date)).toEqual(plan);
        expect(idsIn(plan).size).toBe(plan.instances.length);
        for (const instance of plan.instances) {
          const ref = parseInstanceId(instance.id);
          expect(ref && instanceIdOf(ref)).toBe(instance.id);
          expect(ref).toMatchObject({
            task: instance.task,
            index: instance.index,
            cycle: instance.cycle,
            scope: instance.scope,
          });
        }
      }),
    );
  });

  it('N3 is the same whether its tasks are planned together or one by one', () => {
    fc.assert(
      fc.property(workflow, bizDate, (planned, date) => {
        const whole = planOf(planned, date);
        const parts = planned.definition.tasks.map(({ name }) =>
          planDay({
            workflows: [planned],
            bizDate: date,
            lookup: () => undefined,
            only: (_workflow, task) => task === name,
          }),
        );
        expect(new Set(parts.flatMap((part) => [...idsIn(part)]))).toEqual(idsIn(whole));
        expect(new Set(parts.flatMap(({ edges }) => edges.map(keyOf)))).toEqual(
          new Set(whole.edges.map(keyOf)),
        );
      }),
    );
  });

  it('N32 never lets instances wait for each other, over days', () => {
    fc.assert(
      fc.property(workflow, bizDate, (planned, date) => {
        const plans = [-1, 0, 1].map((days) => planOf(planned, plusDays(date, days)));
        const nodes = [...new Set(plans.flatMap((plan) => [...idsIn(plan)]))];
        const edges = plans.flatMap((plan) =>
          plan.edges.map(({ child, parent }) => ({ from: parent, to: child })),
        );
        expect(findCycles(nodes, edges)).toEqual([]);
      }),
    );
  });

  it('waits only for what is planned, today or on the earlier days', () => {
    fc.assert(
      fc.property(workflow, bizDate, (planned, date) => {
        const plan = planOf(planned, date);
        const today = idsIn(plan);
        const before = new Set(
          [-1, -2, -3].flatMap((days) => [...idsIn(planOf(planned, plusDays(date, days)))]),
        );
        for (const edge of plan.edges) {
          expect(today.has(edge.child)).toBe(true);
          expect(edge.ifExists ? before.has(edge.parent) : today.has(edge.parent)).toBe(true);
        }
      }),
    );
  });

  it('numbers the cycles of a task by due time, from 1, in the latest run that is due', () => {
    fc.assert(
      fc.property(workflow, bizDate, (planned, date) => {
        const { instances } = planOf(planned, date);
        const runs =
          cyclesOf(
            aGeneratedWorkflow(
              { schedule: planned.definition.schedule },
              { zone: planned.zone, dst: planned.dst },
            ),
          )('t')?.on(date) ?? [];

        for (const { name } of planned.definition.tasks) {
          const own = instances.filter(
            ({ task, family }) => task === name && family === 'recurring',
          );
          expect(own.map(({ index }) => index)).toEqual(own.map((_, i) => i + 1));
          expect(own.map(({ dueAt }) => dueAt)).toEqual(own.map(({ dueAt }) => dueAt).toSorted());
          for (const { cycle, dueAt } of own) {
            if (cycle > 1) expect((runs[cycle - 1]?.dueAt ?? '') <= dueAt).toBe(true);
            expect((runs[cycle]?.dueAt ?? '9') > dueAt).toBe(true);
          }
        }
      }),
    );
  });

  it('N26 gives a daily task on an hourly one as many parents as that has cycles, through a barrier or not', () => {
    fc.assert(
      fc.property(schedule, bizDate, (often, date) => {
        const planned = aGeneratedWorkflow({
          tasks: [
            { name: 'up', kind: 'noop', schedule: often },
            { name: 'down', kind: 'noop', upstreams: ['up'] },
          ],
        });
        const plan = planOf(planned, date);
        const ups = plan.instances.filter(
          ({ task, family }) => task === 'up' && family === 'recurring',
        );
        const parents = plan.edges.filter(({ parent }) => ups.some(({ id }) => id === parent));

        expect(parents).toHaveLength(ups.length);
        expect(new Set(parents.map(({ child }) => child)).size).toBe(1);
        expect(plan.edges).toHaveLength(ups.length > 50 ? ups.length + 1 : ups.length);
      }),
    );
  });

  it('is the later part of the whole day when it begins in the middle of it', () => {
    fc.assert(
      fc.property(workflow, bizDate, fc.nat(30), (planned, date, hours) => {
        const from = new Date(
          Date.parse(`${plusDays(date, 1)}T00:00:00Z`) + hours * 3_600_000,
        ).toISOString();
        const recurring = (plan: Plan) =>
          plan.instances.filter(({ family }) => family === 'recurring');
        const rest = planOf(planned, date, from);

        expect(recurring(rest)).toEqual(
          recurring(planOf(planned, date)).filter(({ dueAt }) => dueAt >= from),
        );
        const planned_ = idsIn(rest);
        for (const edge of rest.edges)
          expect(edge.ifExists || planned_.has(edge.parent)).toBe(true);
      }),
    );
  });
});

const keyOf = (edge: object): string => JSON.stringify(edge);

/** Another object with the same content: nothing may hang on identity. */
const structuredCloneOf = (planned: GeneratedWorkflow): GeneratedWorkflow => ({
  ...planned,
  definition: structuredClone(planned.definition),
});
