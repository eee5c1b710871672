import { isoOf } from '../kernel/calendar-day.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { offsetAt } from './place-walls.ts';

/** The calendar day that the clocks of a zone show at an instant. */
export const localDateAt = (at: Instant, zone: Zone): BizDate => {
  const epochMs = Date.parse(at);
  return isoOf(epochMs + offsetAt(zone, epochMs)).slice(0, 10);
};
