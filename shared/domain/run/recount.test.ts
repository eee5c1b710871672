import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import { Status } from '../instance/instance.schema.ts';
import { isEnded } from '../instance/lifecycle.ts';
import { dayKeyOf } from './day-counts.ts';
import { differencesOf, recount } from './recount.ts';

const anyInstances = fc
  .array(
    fc.record({
      task: fc.constantFrom('a', 'b', 'c', 'd'),
      workflow: fc.constantFrom('v', 'w'),
      index: fc.integer({ min: 1, max: 3 }),
      status: fc.constantFrom(...Status.options),
    }),
    { minLength: 1 },
  )
  .map((list) => {
    const all = list.map((fields) =>
      anInstance({
        ...fields,
        outcome: !isEnded(fields) ? undefined : fields.status === 'SUCCESS' ? 'ran' : 'failed',
      }),
    );
    return [...new Map(all.map((each) => [each.id, each])).values()];
  });

const stored = (counted: ReturnType<typeof recount>) =>
  [
    new Map(counted.runs.map((run) => [run.runId, run])),
    new Map(counted.days.map((day) => [dayKeyOf(day), day])),
  ] as const;

describe('a recount', () => {
  it('agrees with counters that are right, in any order of the instances', () => {
    fc.assert(
      fc.property(anyInstances, (instances) => {
        const again = recount(instances.toReversed());
        expect(differencesOf(recount(instances), ...stored(again))).toEqual([]);
      }),
    );
  });

  it('names the counter and the number that is wrong', () => {
    const instances = [anInstance(), anInstance({ task: 'u', status: 'RUNNING' })];
    const [runs, days] = stored(recount(instances.slice(0, 1)));
    const day = 'day:prod#p#recurring#2026-11-19';
    const run = 'run:prod~p~w~r~20261119~1';
    expect(differencesOf(recount(instances), runs, days)).toEqual([
      { counter: run, name: 'total', stored: 1, counted: 2 },
      { counter: run, name: 'RUNNING', stored: 0, counted: 1 },
      { counter: day, name: 'total', stored: 1, counted: 2 },
      { counter: day, name: 'RUNNING', stored: 0, counted: 1 },
    ]);
    expect(differencesOf(recount(instances), new Map(), days)).toContainEqual({
      ...{ counter: run, name: 'NOT_RUN', stored: 0, counted: 1 },
    });
  });
});
