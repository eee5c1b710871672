import { isoOf } from '../kernel/calendar-day.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';
import { offsetAt } from '../schedule/place-walls.ts';

/**
 * An instant as the clocks of a zone show it, with the zone and what it is ahead of UTC, so that the two 02:30 of a night
 * in autumn differ: `2026-10-25 02:30:00 Europe/Berlin (UTC+02:00)`.
 */
export const localTimeText = (at: Instant, zone: Zone): string => {
  const epochMs = Date.parse(at);
  if (Number.isNaN(epochMs)) return at;
  const offset = offsetAt(zone, epochMs);
  const wall = isoOf(epochMs + offset)
    .slice(0, 19)
    .replace('T', ' ');
  return zone === 'UTC' ? `${wall} UTC` : `${wall} ${zone} (UTC${signed(offset)})`;
};

const signed = (offsetMs: number): string => {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
