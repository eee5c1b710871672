import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import type { Instance, Status } from '../instance/instance.schema.ts';
import { isoOf, plusSeconds } from '../kernel/calendar-day.ts';
import { clockInstant, crossedTimeout, dueClocks, wasNotStarted, wasUndone } from './time-rules.ts';

const by = (clock: string) => ({ on: 'not-completed', by: clock }) as const;

describe('the times of a rule', () => {
  it('N76 are counted from the run date, up to 47:59 of the day after it', () => {
    expect(clockInstant('06:30', '2026-11-19', 'UTC')).toBe('2026-11-20T06:30:00.000Z');
    expect(clockInstant('30:05', '2026-11-19', 'Asia/Shanghai')).toBe('2026-11-20T22:05:00.000Z');
    expect(clockInstant('47:59', '2026-11-19', 'UTC')).toBe('2026-11-21T23:59:00.000Z');
  });

  it('N76 keep to the clocks of the zone on days that change them', () => {
    expect(clockInstant('02:30', '2026-03-28', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(clockInstant('02:30', '2026-10-24', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('N76 come in exactly one round, however the rounds are cut and however late one is', () => {
    const start = Date.parse('2026-10-23T00:00:00Z');
    const cuts = fc.array(fc.integer({ min: 1, max: 4 * 24 * 60 }), {
      minLength: 1,
      maxLength: 30,
    });
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        clock,
        fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Shanghai'),
        cuts,
        (at, zone, ends) => {
          const whole = [...new Set([...ends, 4 * 24 * 60])].toSorted((a, b) => a - b);
          const rounds = whole.map((end, n) => ({
            after: isoOf(start + (whole[n - 1] ?? 0) * 60_000),
            until: isoOf(start + end * 60_000),
          }));
          const all = dueClocks(by(at), zone, {
            after: isoOf(start),
            until: isoOf(start + 4 * 86_400_000),
          });
          expect(rounds.flatMap((round) => dueClocks(by(at), zone, round))).toEqual(all);
          expect(all.length).toBeGreaterThanOrEqual(3);
          expect(new Set(all.map(({ bizDate }) => bizDate)).size).toBe(all.length);
        },
      ),
    );
  });

  it('N76 on the border of two rounds belong to the earlier one', () => {
    const at = '2026-11-20T06:00:00.000Z';
    const before = { after: '2026-11-20T05:59:00.000Z', until: at };
    const next = { after: at, until: '2026-11-20T06:01:00.000Z' };
    expect(dueClocks(by('06:00'), 'UTC', before)).toEqual([{ at, bizDate: '2026-11-19' }]);
    expect(dueClocks(by('06:00'), 'UTC', next)).toEqual([]);
  });

  it('N76 may differ from cycle to cycle', () => {
    const condition = { on: 'not-completed', byCycle: { 1: '01:30', 2: '02:30' } } as const;
    const window = { after: '2026-11-20T01:00:00.000Z', until: '2026-11-20T02:00:00.000Z' };
    expect(dueClocks(condition, 'UTC', window)).toEqual([
      { at: '2026-11-20T01:30:00.000Z', bizDate: '2026-11-19', index: 1 },
    ]);
  });
});

const due = '2026-11-20T02:00:00.000Z';
const minute = (minutes: number) => plusSeconds(due, minutes * 60);
/** An instance that went through these statuses, minutes after it was due. */
const lived = (life: readonly (readonly [number, Status])[], more: Partial<Instance> = {}) => {
  const last = life.at(-1)?.[1] ?? 'NOT_RUN';
  const fresh = anInstance({ dueAt: due });
  const started = life.findLast(([, status]) => status === 'RUNNING');
  return {
    ...fresh,
    status: last,
    seq: life.length + 1,
    ...(started ? { startedAt: minute(started[0]) } : {}),
    moves: [
      ...fresh.moves,
      ...life.map(([at, to], n) => ({
        seq: n + 2,
        move: 'x',
        to,
        at: minute(at),
        actor: 'system',
      })),
    ],
    ...more,
  };
};

describe('an instance at the time of a rule', () => {
  it('N76 is late when it had not succeeded then, whatever became of it since', () => {
    const slow = lived([
      [1, 'SUBMITTED'],
      [2, 'RUNNING'],
      [40, 'SUCCESS'],
    ]);
    expect([wasUndone(slow, minute(39)), wasUndone(slow, minute(40))]).toEqual([true, false]);
    const again = lived([
      [1, 'RUNNING'],
      [5, 'SUCCESS'],
      [20, 'NOT_RUN'],
      [21, 'RUNNING'],
    ]);
    expect([wasUndone(again, minute(10)), wasUndone(again, minute(30))]).toEqual([false, true]);
    expect(
      wasUndone(
        lived([
          [1, 'RUNNING'],
          [5, 'FAILED'],
        ]),
        minute(10),
      ),
    ).toBe(true);
  });

  it('N76 is not late before it is due, nor where it does nothing on its date', () => {
    expect(wasUndone(lived([]), plusSeconds(due, -60))).toBe(false);
    expect(wasUndone(lived([], { empty: 'off-day' }), minute(10))).toBe(false);
  });

  it('has not started when no attempt had begun by then', () => {
    expect(wasNotStarted(lived([]), minute(1))).toBe(true);
    const began = lived([
      [1, 'SUBMITTED'],
      [2, 'RUNNING'],
    ]);
    expect([wasNotStarted(began, minute(1)), wasNotStarted(began, minute(2))]).toEqual([
      true,
      false,
    ]);
    const retried = lived(
      [
        [2, 'RUNNING'],
        [3, 'WAIT_TIME'],
      ],
      { startedAt: undefined },
    );
    expect(wasNotStarted(retried, minute(4))).toBe(false);
    expect(wasNotStarted(lived([[1, 'SUCCESS']]), minute(2))).toBe(false);
  });

  it('N77 crosses its time-out once, in the round in which it has run for so long', () => {
    const running = lived([[2, 'RUNNING']]);
    const round = (from: number, to: number) => ({ after: minute(from), until: minute(to) });
    expect(crossedTimeout(30, running, round(31, 32))).toBe(true);
    expect(crossedTimeout(30, running, round(32, 33))).toBe(false);
    expect(crossedTimeout(30, running, round(30, 31.9))).toBe(false);
    expect(crossedTimeout(30, running, round(10, 90))).toBe(true);
    expect(crossedTimeout(30, { ...running, status: 'SUCCESS' }, round(31, 32))).toBe(false);
  });
});
