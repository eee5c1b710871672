import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../kernel/calendar-day.ts';
import { BackfillSpec, maxGroups } from './backfill.schema.ts';
import { datesNamed, groupDates } from './group-dates.ts';

const days = (count: number) => Array.from({ length: count }, (_, n) => plusDays('2026-11-01', n));

describe('the dates of a backfill', () => {
  it('N49 are cut into contiguous groups, earlier ones larger', () => {
    const grouped = groupDates(days(3), 2, 'asc');
    expect(grouped.map(({ bizDate, group }) => [bizDate.slice(8), group])).toEqual([
      ['01', 0],
      ['02', 0],
      ['03', 1],
    ]);
    expect(groupDates(days(2), 5, 'asc').map(({ group }) => group)).toEqual([0, 1]);
  });

  it('N49 N51 stay whole and in order, in as many groups as were asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: maxGroups }),
        fc.constantFrom('asc' as const, 'desc' as const),
        (count, groups, order) => {
          const all = days(count);
          const grouped = groupDates(all, groups, order);
          const names = grouped.map(({ bizDate }) => bizDate);
          expect(order === 'asc' ? names : names.toReversed()).toEqual(all);
          const sizes = [...Map.groupBy(grouped, ({ group }) => group)];
          expect(sizes.map(([group]) => group)).toEqual(sizes.map((_, n) => n));
          expect(sizes).toHaveLength(Math.min(groups, count));
          const lengths = sizes.map(([, { length }]) => length);
          expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
          expect((lengths[0] ?? 0) - (lengths.at(-1) ?? 0)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('N48 are every day of every range once, or the last ones before its submission', () => {
    const ranges = [
      { from: '2026-11-03', to: '2026-11-04' },
      { from: '2026-11-01', to: '2026-11-03' },
    ];
    expect(datesNamed({ ranges }, '2026-11-20', 366)).toEqual(days(4));
    expect(datesNamed({ last: 2 }, '2026-11-20', 366)).toEqual(['2026-11-18', '2026-11-19']);
    expect(
      datesNamed({ ranges: [{ from: '2020-01-01', to: '2026-01-01' }] }, '2026-11-20', 366),
    ).toHaveLength(366);
  });

  it('N50 run in 1 to 12 groups', () => {
    const spec = (groups: number) =>
      BackfillSpec.safeParse({
        selection: { roots: ['p/w/a'] },
        dates: { last: 1 },
        groups,
      }).success;
    expect([0, 1, 12, 13].map(spec)).toEqual([false, true, true, false]);
  });

  it('come in at most seven ranges, none of which ends before it begins', () => {
    const range = { from: '2026-11-01', to: '2026-11-02' };
    const takes = (ranges: readonly object[]) =>
      BackfillSpec.safeParse({ selection: { roots: ['p/w/a'] }, dates: { ranges } }).success;
    expect(takes(Array.from({ length: 7 }, () => range))).toBe(true);
    expect(takes(Array.from({ length: 8 }, () => range))).toBe(false);
    expect(takes([{ from: '2026-11-02', to: '2026-11-01' }])).toBe(false);
  });
});
