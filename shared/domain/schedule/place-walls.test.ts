import { describe, expect, it } from 'vitest';
import { nextOccurrences } from './next-occurrences.ts';
import { occurrencesOfDay } from './occurrences-of-day.ts';
import type { DstPolicy } from './schedule.schema.ts';
import type { WallPattern } from './wall-pattern.ts';

const quarterMs = 900_000;
const dayMs = 86_400_000;

/** Zones whose rules differ: whole and half hours, midnight, before midnight, backwards in winter, given up, changed. */
const zones = [
  'Europe/Berlin',
  'Europe/Dublin',
  'America/Havana',
  'America/Santiago',
  'America/Nuuk',
  'America/Asuncion',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Tehran',
  'Asia/Kolkata',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Chatham',
  'Pacific/Easter',
];

const localOf = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (at: number) => format.format(at).replace(' ', 'T');
};

/** The instants (within 15 min) at which the zone's clock jumps, found by comparing readings 15 min apart. */
const jumpsOf = (zone: string): readonly number[] => {
  const local = localOf(zone);
  const offset = (at: number) => Date.parse(`${local(at)}Z`) - at;
  const jumps: number[] = [];
  for (let day = Date.UTC(2020, 0, 1); day < Date.UTC(2041, 0, 1); day += dayMs) {
    if (offset(day) === offset(day + dayMs)) continue;
    for (let at = day; at < day + dayMs; at += quarterMs) {
      if (offset(at) !== offset(at + quarterMs)) jumps.push(at + quarterMs);
    }
  }
  return jumps;
};

type Reading = { readonly at: number; readonly local: string };

/** What the rules of design.md §6 demand, from the readings of a clock alone. */
const demanded = (
  readings: readonly Reading[],
  walls: readonly string[],
  { interval, dst }: { readonly interval: boolean; readonly dst: DstPolicy },
): readonly number[] => {
  if (interval) {
    const wanted = new Set(walls);
    return readings.filter(({ local }) => wanted.has(local)).map(({ at }) => at);
  }
  const placed = walls.flatMap((wall) => {
    const real = readings.find(({ local }) => local === wall);
    if (real) return real.at;
    const after = readings.find(({ local }, index) => {
      const before = readings[index - 1];
      return before !== undefined && before.local < wall && local > wall;
    });
    return dst === 'shift' && after ? after.at : [];
  });
  return [...new Set(placed)].sort((a, b) => a - b);
};

const patternsOf = (interval: boolean): readonly WallPattern[] =>
  [
    Array.from({ length: 96 }, (_, index) => index * 900),
    Array.from({ length: 12 }, (_, index) => index * 7200 + 1800),
    [9000],
    [0, 84_600],
  ].map((secondsOfDay) => ({ secondsOfDay, interval, nextDay: (from) => from }));

describe('wall times on the clocks of the world', () => {
  it.each(zones)(
    'every rule of %s from 2020 to 2040 is obeyed by fixed times and intervals',
    (zone) => {
      const local = localOf(zone);
      for (const jump of [...jumpsOf(zone), Date.UTC(2026, 5, 15)]) {
        const start = jump - 40 * 3_600_000;
        const readings = Array.from({ length: 320 }, (_, index) => {
          const at = start + index * quarterMs;
          return { at, local: local(at) };
        });
        const days = [...new Set(readings.map((reading) => reading.local.slice(0, 10)))].slice(
          1,
          -1,
        );
        const within = (text: string) => days.includes(text.slice(0, 10));

        for (const interval of [true, false]) {
          for (const dst of ['shift', 'skip'] as const) {
            for (const pattern of patternsOf(interval)) {
              const walls = days.flatMap((day) =>
                pattern.secondsOfDay.map((second) =>
                  new Date(Date.parse(`${day}T00:00Z`) + second * 1000).toISOString().slice(0, 16),
                ),
              );
              const expected = demanded(readings, walls, { interval, dst });
              const next = nextOccurrences(pattern, {
                zone,
                dst,
                from: new Date(start).toISOString(),
                count: 400,
              }).filter((occurrence) => within(occurrence.local));
              expect(next.map(({ at }) => Date.parse(at))).toEqual(expected);

              for (let from = jump - 5_400_000; from <= jump + 5_400_000; from += 2 * quarterMs) {
                const [first] = nextOccurrences(pattern, {
                  zone,
                  dst,
                  from: new Date(from).toISOString(),
                  count: 1,
                });
                const following = expected.find((at) => at > from);
                if (following !== undefined) expect(Date.parse(first?.at ?? '')).toBe(following);
              }

              const ofDays = days.flatMap((runDate) => [
                ...occurrencesOfDay(pattern, { zone, dst, runDate }),
              ]);
              expect([...new Set(ofDays.map(({ at }) => Date.parse(at)))]).toEqual(expected);
              for (const occurrence of ofDays) {
                const exists = local(Date.parse(occurrence.at)) === occurrence.local;
                expect(exists).toBe(!occurrence.shifted);
              }
            }
          }
        }
      }
    },
  );
});
