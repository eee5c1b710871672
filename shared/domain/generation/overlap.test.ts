import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatchUp } from '../workflow/definition.schema.ts';
import { hasExpired, overlapOf } from './overlap.ts';
import type { Cycle, TaskCycles } from './task-cycles.ts';

const bizDate = '2026-11-19';
/** A run every ten minutes of every hour of the run date. */
const runsOn = (date: string) =>
  Array.from({ length: 6 }, (_, n) => `${nextDay(date)}T00:${n}0:00.000Z`);
const nextDay = (date: string) => `2026-11-${Number(date.slice(8)) + 1}`;
const own: TaskCycles = {
  env: 'prod',
  project: 'p',
  workflow: 'w',
  task: 't',
  selfDependent: false,
  recurring: true,
  runsOn,
  grainOn: () => 'hour',
  on: () => [],
};
const cycle = (run: number): Cycle => ({
  bizDate,
  run,
  index: run,
  dueAt: runsOn(bizDate)[run - 1] ?? '',
  offDay: false,
});
const head = { upstreams: [] };
const below = { upstreams: [{ task: 'head', period: 'current' as const }] };
const flow = (concurrency?: 'wait' | 'skip' | 'newest-only' | 'parallel') => ({
  workflow: 'w',
  concurrency,
});

describe('what an instance knows about the runs beside its own', () => {
  it('W65 is nothing while runs may overlap', () => {
    expect(overlapOf(flow(), head, own, cycle(2))).toEqual({});
    expect(overlapOf(flow('parallel'), head, own, cycle(2))).toEqual({});
  });

  it('W65 is the run before, that of yesterday for the first of a day, at the head of its run only', () => {
    expect(overlapOf(flow('wait'), head, own, cycle(2))).toEqual({
      overlap: 'wait',
      previousRun: 'prod~p~w~r~20261119~1',
    });
    expect(overlapOf(flow('wait'), head, own, cycle(1)).previousRun).toBe('prod~p~w~r~20261118~6');
    expect(overlapOf(flow('wait'), below, own, cycle(2))).toEqual({});
    expect(overlapOf(flow('skip'), below, own, cycle(2))).toEqual({ overlap: 'skip' });
  });

  it('W65 is when the next run falls due, where only the newest may run', () => {
    const due = (run: number) => overlapOf(flow('newest-only'), head, own, cycle(run)).nextDueAt;
    expect(due(2)).toBe('2026-11-20T00:20:00.000Z');
    expect(due(6)).toBe('2026-11-21T00:00:00.000Z');
  });
});

describe('runs that were missed', () => {
  const anyRun = fc.integer({ min: 1, max: 6 });
  const missedUpTo = fc.integer({ min: 0, max: 70 });
  const atMinute = (minute: number) =>
    new Date(Date.parse('2026-11-20T00:00:00.000Z') + minute * 60_000).toISOString();
  const expiredRuns = (catchUp: CatchUp, missedBefore: string) =>
    [1, 2, 3, 4, 5, 6].filter((run) => hasExpired(catchUp, own, cycle(run), missedBefore));
  const missed = (missedBefore: string) =>
    [1, 2, 3, 4, 5, 6].filter((run) => cycle(run).dueAt < missedBefore);

  it('W24 may all run by default, none with none, the newest with newest, the last few with a cap', () => {
    fc.assert(
      fc.property(missedUpTo, anyRun, (minute, atMost) => {
        const before = atMinute(minute);
        const all = missed(before);
        expect(expiredRuns(CatchUp.parse({}), before)).toEqual([]);
        expect(expiredRuns(CatchUp.parse({ run: 'none' }), before)).toEqual(all);
        expect(expiredRuns(CatchUp.parse({ run: 'newest' }), before)).toEqual(all.slice(0, -1));
        expect(expiredRuns(CatchUp.parse({ run: 'all', atMost }), before)).toEqual(
          all.slice(0, -atMost),
        );
      }),
    );
  });
});
