import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aChange as change, livesArbitrary } from '../../testing/lives-arbitrary.ts';
import { type Outcome, Status } from '../instance/instance.schema.ts';
import { isoOf } from '../kernel/calendar-day.ts';
import { dayDeltasOf, splitChanges } from './day-counts.ts';
import { type Change, foldMove } from './fold-run.ts';
import { Run } from './run.schema.ts';

const start = Date.parse('2026-11-20T02:00:00.000Z');
const mixed = livesArbitrary();
const foldAll = (changes: readonly Change[]) =>
  changes.reduce<Run | undefined>((run, each) => foldMove(run, each), undefined);
const lastOf = (life: readonly Change[]) => life.at(-1) as Change;

describe('a workflow run', () => {
  it('comes out the same in whatever order the moves of its instances arrive', () => {
    fc.assert(
      fc.property(mixed, ({ all, merged }) => {
        expect(foldAll(merged)).toEqual(foldAll(all.flat()));
      }),
    );
  });

  it('has the counts and outcomes of a recount', () => {
    fc.assert(
      fc.property(mixed, ({ all, merged }) => {
        const run = foldAll(merged);
        expect(Run.parse(run)).toEqual(run);
        for (const status of Status.options)
          expect(run?.counts[status]).toBe(all.filter((life) => lastOf(life).to === status).length);
        for (const outcome of ['ran', 'failed', 'terminated'] as const)
          expect(run?.outcomes[outcome] ?? 0).toBe(
            all.filter((life) => lastOf(life).outcome === outcome).length,
          );
        expect(run?.total).toBe(all.length);
      }),
    );
  });

  it('waits, runs, and ends as its instances do', () => {
    const statusOf = (...changes: Change[]) => foldAll(changes)?.status;
    const born = [change(1), change(2)];
    const submit = (n: number) => change(n, { from: 'NOT_RUN', to: 'SUBMITTED' });
    const end = (n: number, to: Status, outcome: Outcome) =>
      change(n, { from: 'SUBMITTED', to, outcome });

    expect(statusOf(...born)).toBe('WAITING');
    expect(statusOf(...born, change(1, { from: 'NOT_RUN', to: 'WAIT_TIME' }))).toBe('WAITING');
    expect(statusOf(...born, submit(1))).toBe('RUNNING');
    expect(statusOf(...born, submit(1), change(1, { from: 'SUBMITTED', to: 'WAIT_TIME' }))).toBe(
      'RUNNING',
    );
    expect(statusOf(...born, submit(1), end(1, 'SUCCESS', 'ran'))).toBe('RUNNING');
    expect(statusOf(...born, submit(1), end(1, 'FAILED', 'failed'))).toBe('FAILED');
    expect(statusOf(...born, submit(1), end(1, 'FAILED', 'terminated'))).toBe('CANCELLED');
    expect(
      statusOf(...born, submit(1), submit(2), end(1, 'FAILED', 'failed'), end(2, 'FAILED', 'lost')),
    ).toBe('FAILED');
    expect(
      statusOf(...born, submit(1), submit(2), end(1, 'SUCCESS', 'ran'), end(2, 'SUCCESS', 'ran')),
    ).toBe('SUCCESS');
  });

  it('has an end only while it has ended', () => {
    const ended = [
      change(1),
      change(1, { from: 'NOT_RUN', to: 'SUBMITTED' }),
      change(1, { from: 'SUBMITTED', to: 'FAILED', outcome: 'failed', at: isoOf(start + 5000) }),
    ];
    expect(foldAll(ended)?.endedAt).toBe(isoOf(start + 5000));
    const again = change(1, { from: 'FAILED', to: 'NOT_RUN', fromOutcome: 'failed' });
    expect(foldAll([...ended, again])).toMatchObject({ status: 'RUNNING', outcomes: {} });
    expect(foldAll([...ended, again])?.endedAt).toBeUndefined();
  });

  it('does not count barriers', () => {
    const barrier = change(1, { instanceId: change(1).instanceId.replace('~r~', '~x.b~') });
    expect(foldMove(undefined, barrier)).toBeUndefined();
    expect(dayDeltasOf([barrier])).toEqual([]);
  });
});

describe('the counters of a day', () => {
  it('add up to a recount however the changes are cut into groups', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 2, max: 6 }), ({ all, merged }, most) => {
        const groups = splitChanges(merged, most);
        expect(groups.flat()).toEqual(merged);
        const deltas = groups.flatMap((group) => dayDeltasOf(group));
        const sum = (status: Status) =>
          deltas.reduce((total, { counts }) => total + (counts[status] ?? 0), 0);
        for (const status of Status.options)
          expect(sum(status)).toBe(all.filter((life) => lastOf(life).to === status).length);
        expect(deltas.reduce((total, each) => total + each.total, 0)).toBe(all.length);
      }),
    );
  });
});
