import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aGeneratedWorkflow, aWorkflow } from '../../testing/a-workflow.ts';
import { planDay } from '../generation/plan-day.ts';
import { runDateOf } from '../kernel/calendar-day.ts';
import { plannedFires, plannedRuns, timesOf } from './planned-fires.ts';
import type { Schedule } from './schedule.schema.ts';

const day = { zone: 'UTC', dst: 'shift', runDate: '2026-11-20' } as const;
const schedules: readonly Schedule[] = [
  { every: 'day', at: '02:00' },
  { every: 'day', at: '13:30' },
  // At one of the times of the next one.
  { every: 'day', at: '12:00' },
  { every: 'hour', interval: 6, from: '00:00', to: '23:59' },
  { every: 'minute', interval: 30, from: '02:10', to: '04:00' },
  { every: 'week', on: ['MON', 'THU'], at: '05:00' },
  { every: 'month', on: ['last', 29], at: '02:30' },
  { every: 'cron', cron: '15 1,2,3 * * *' },
];
const maybe = fc.option(fc.constantFrom(...schedules), { nil: undefined });

describe('the planned runs of a day', () => {
  it('are exactly those that generation makes, with as many tasks, due when the first of them is', () => {
    fc.assert(
      fc.property(
        maybe,
        fc.array(fc.record({ schedule: maybe, manual: fc.boolean() }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.constantFrom('2026-03-27', '2026-03-28', '2026-10-24', '2026-11-19'),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
        fc.constantFrom('shift' as const, 'skip' as const),
        (schedule, tasks, bizDate, zone, dst) => {
          const workflow = aGeneratedWorkflow(
            {
              schedule,
              tasks: tasks.map((task, n) => ({
                name: `t${n}`,
                kind: 'noop',
                schedule: task.schedule,
                ...(task.manual && { trigger: 'manual' as const }),
              })),
            },
            { zone, dst },
          );
          const { instances } = planDay({
            workflows: [workflow],
            bizDate,
            lookup: () => undefined,
          });
          const made = Map.groupBy(instances, ({ cycle }) => cycle);
          const planned = plannedRuns(timesOf(workflow.definition), {
            ...{ zone, dst },
            runDate: runDateOf(bizDate),
          });
          expect(planned.map(({ cycle, dueAt, tasks: count }) => [cycle, dueAt, count])).toEqual(
            [...made]
              .toSorted(([a], [b]) => a - b)
              .map(([cycle, own]) => [
                cycle,
                own.map(({ dueAt }) => dueAt).toSorted()[0],
                own.length,
              ]),
          );
        },
      ),
    );
  });

  it('are empty days only when nothing of them runs', () => {
    const definition = aWorkflow({
      schedule: { every: 'week', on: ['MON'], at: '05:00' },
      tasks: [{ name: 'weekly', kind: 'noop' }],
    });
    const friday = plannedRuns(timesOf(definition), day);
    expect(friday).toMatchObject([{ cycle: 1, offDay: true, tasks: 1 }]);
    const mixed = aWorkflow({
      ...definition,
      tasks: [
        { name: 'weekly', kind: 'noop' },
        { name: 'daily', kind: 'noop', schedule: { every: 'day', at: '07:00' } },
      ],
    });
    expect(plannedRuns(timesOf(mixed), day)).toMatchObject([{ offDay: false, tasks: 2 }]);
  });

  it('come in several fires when tasks have times of their own', () => {
    const definition = aWorkflow({
      tasks: [
        { name: 'a', kind: 'noop' },
        { name: 'b', kind: 'noop' },
        { name: 'late', kind: 'noop', schedule: { every: 'day', at: '09:00' } },
      ],
    });
    expect(plannedFires(timesOf(definition), day).map(({ at, tasks }) => [at, tasks])).toEqual([
      ['2026-11-20T02:00:00.000Z', 2],
      ['2026-11-20T09:00:00.000Z', 1],
    ]);
  });
});
