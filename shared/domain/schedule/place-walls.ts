import { Temporal } from 'temporal-polyfill';
import { isoOf } from '../kernel/calendar-day.ts';
import type { Zone } from '../kernel/time.schema.ts';
import type { DstPolicy, Occurrence } from './schedule.schema.ts';

/** A stretch of time with one offset: `start` (inclusive) to `end` (exclusive), epoch ms; local = instant + offset. */
type Segment = { readonly start: number; readonly end: number; readonly offset: number };

/** Wall times as epoch ms of the same reading in UTC, ascending, from the given wall time (inclusive). */
export type Walls = (from: number) => Iterable<number>;

/** What ms the clock of `zone` is ahead of UTC at an instant. */
export const offsetAt = (zone: Zone, epochMs: number): number =>
  zoned(zone, epochMs).offsetNanoseconds / 1e6;

/**
 * Turns wall times into instants of `zone`, ascending, from `startMs` (inclusive). This is the whole DST rule
 * (design.md §6):
 * - a fixed local time that happens twice runs once, in the first pass;
 * - one that does not exist runs at the first valid instant, marked `shifted` (`shift`), or not at all (`skip`); times
 *   that would meet at one instant are one occurrence, which is not shifted if its own local time exists;
 * - an interval pattern runs at every real time whose wall time matches: twice in a repeated hour, never in a gap, under
 *   either policy.
 */
export const placeWalls = (
  walls: Walls,
  rule: { readonly zone: Zone; readonly interval: boolean; readonly dst: DstPolicy },
  startMs: number,
): Iterable<Occurrence> =>
  rule.interval
    ? placeInterval(walls, rule.zone, startMs)
    : mergeEqual(placeFixed(walls, rule.zone, rule.dst, startMs));

function* placeInterval(walls: Walls, zone: Zone, startMs: number): Generator<Occurrence> {
  for (const segment of segmentsFrom(zone, startMs)) {
    let seen = false;
    for (const wall of walls(segment.start + segment.offset)) {
      seen = true;
      if (wall >= segment.end + segment.offset) break;
      yield { at: isoOf(wall - segment.offset), local: localText(wall), shifted: false };
    }
    if (!seen) return;
  }
}

/** No clock was ever set back by more than a day, so the first pass of a repeated time is found by looking so far back. */
const lookBackMs = 25 * 3_600_000;

function* placeFixed(
  walls: Walls,
  zone: Zone,
  dst: DstPolicy,
  startMs: number,
): Generator<Occurrence> {
  const segments = segmentsFrom(zone, startMs - lookBackMs);
  let segment = segments.next().value;

  for (const wall of walls(startMs + offsetAt(zone, startMs))) {
    while (segment && wall >= segment.end + segment.offset) segment = segments.next().value;
    if (!segment) return;
    const gap = wall < segment.start + segment.offset;
    const at = gap ? segment.start : wall - segment.offset;
    if (at < startMs || (gap && dst === 'skip')) continue;
    yield { at: isoOf(at), local: localText(wall), shifted: gap };
  }
}

function* mergeEqual(occurrences: Iterable<Occurrence>): Generator<Occurrence> {
  let held: Occurrence | undefined;
  for (const occurrence of occurrences) {
    if (held?.at === occurrence.at) {
      if (!occurrence.shifted) held = occurrence;
      continue;
    }
    if (held) yield held;
    held = occurrence;
    // Only a shifted occurrence can meet a later one, so any other goes out without asking for its successor.
    if (!held.shifted) {
      yield held;
      held = undefined;
    }
  }
  if (held) yield held;
}

function* segmentsFrom(zone: Zone, startMs: number): Generator<Segment, undefined> {
  let current = zoned(zone, startMs);
  for (;;) {
    const next = current.getTimeZoneTransition('next');
    yield {
      start: current.epochMilliseconds,
      end: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: current.offsetNanoseconds / 1e6,
    };
    if (!next) return undefined;
    current = next;
  }
}

const zoned = (zone: Zone, epochMs: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);

/** `2026-03-29T02:30`, with seconds only where there are any. */
const localText = (wall: number): string => isoOf(wall).slice(0, wall % 60_000 === 0 ? 16 : 19);
