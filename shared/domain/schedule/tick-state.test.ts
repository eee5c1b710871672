import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf } from '../kernel/calendar-day.ts';
import { RunStatus } from '../run/run.schema.ts';
import { lateSeconds, SkipReason, type TickRun, type TickState, tickState } from './tick-state.ts';

const due = Date.parse('2026-11-20T02:00:00Z');
const dueAt = isoOf(due);
const at = (seconds: number) => isoOf(due + seconds * 1000);
const seconds = fc.integer({ min: -2 * 86_400, max: 2 * 86_400 }).map(at);
const expected = fc.record({
  dueAt: fc.constant(dueAt),
  generatedAt: fc.option(seconds, { nil: undefined }),
});
const run = (fields: Partial<TickRun>): TickRun => ({
  ...{ status: 'SUCCESS', startedAt: at(1), outcomes: { ran: 3 }, total: 3 },
  ...fields,
});
const runs: fc.Arbitrary<TickRun> = fc
  .record({
    status: fc.constantFrom(...RunStatus.options),
    startedAt: fc.option(seconds, { nil: undefined }),
    outcome: fc.constantFrom('ran' as const, 'dry-run' as const, ...SkipReason.options),
    total: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ outcome, ...rest }) => run({ ...rest, outcomes: { [outcome]: rest.total } }));

describe('a tick', () => {
  it('with a run is never missed or planned; without one it is nothing else', () => {
    fc.assert(
      fc.property(expected, fc.option(runs, { nil: undefined }), seconds, (tick, made, now) => {
        const { status } = tickState(tick, made, now);
        expect(['MISSED', 'PLANNED'].includes(status)).toBe(made === undefined);
      }),
    );
  });

  it('once missed or late stays so while nothing happens', () => {
    fc.assert(
      fc.property(
        ...([expected, fc.option(runs, { nil: undefined }), seconds, seconds] as const),
        (tick, made, a, b) => {
          const [earlier, later] = a < b ? [a, b] : [b, a];
          const before = tickState(tick, made, earlier);
          const after = tickState(tick, made, later);
          if (['MISSED', 'LATE'].includes(before.status)) expect(after).toEqual(before);
          if (before.late) expect(after.late).toBe(true);
        },
      ),
    );
  });

  it('of an ended run says the same at any time', () => {
    fc.assert(
      fc.property(expected, runs, seconds, seconds, (tick, made, a, b) => {
        fc.pre(made.status !== 'WAITING');
        expect(tickState(tick, made, a)).toEqual(tickState(tick, made, b));
      }),
    );
  });

  it('is skipped exactly when the run succeeded and nothing of it ran', () => {
    fc.assert(
      fc.property(runs, (made) => {
        const { status, reason } = tickState({ dueAt }, made, dueAt);
        const nothing = SkipReason.options.some((each) => (made.outcomes[each] ?? 0) > 0);
        expect(status === 'SKIPPED').toBe(made.status === 'SUCCESS' && nothing);
        expect(reason !== undefined).toBe(status === 'SKIPPED');
      }),
    );
    const half = run({ outcomes: { 'off-day': 2, ran: 1 } });
    expect(tickState({ dueAt }, half, dueAt).status).toBe('SUCCESS');
  });

  it.each<[string, Parameters<typeof tickState>, TickState['status'], boolean]>([
    ['ahead and not generated', [{ dueAt }, undefined, at(-60)], 'PLANNED', false],
    ['just due and not generated', [{ dueAt }, undefined, at(lateSeconds)], 'PLANNED', false],
    ['past due and not generated', [{ dueAt }, undefined, at(lateSeconds + 1)], 'MISSED', false],
    [
      'ahead, but its day was generated without it',
      [{ dueAt, generatedAt: at(-7200) }, undefined, at(-3600)],
      'MISSED',
      false,
    ],
    ['generated, ahead', [{ dueAt }, run({ status: 'WAITING' }), at(-60)], 'WAITING', false],
    ['generated, past due', [{ dueAt }, run({ status: 'WAITING' }), at(301)], 'LATE', true],
    ['begun in time', [{ dueAt }, run({ startedAt: at(lateSeconds) }), at(999)], 'SUCCESS', false],
    [
      'begun late',
      [{ dueAt }, run({ startedAt: at(301), status: 'FAILED' }), at(999)],
      'FAILED',
      true,
    ],
  ])('that is %s', (_, input, status, late) => {
    expect(tickState(...input)).toMatchObject({ status, late });
  });
});
