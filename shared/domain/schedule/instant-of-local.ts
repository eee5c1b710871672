import { Temporal } from 'temporal-polyfill';
import { isoOf } from '../kernel/calendar-day.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';

/** The instant of a wall time such as `2026-11-20T06:30`: the first of two, and past a gap by the width of the gap. */
export const instantOfLocal = (local: string, zone: Zone): Instant =>
  isoOf(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
