import { Temporal } from 'temporal-polyfill';
import type { Instant, Zone } from '../kernel/time.schema.ts';

/** Whether the clocks of a zone show a time from `from` up to `to` (excluded); `from` after `to` goes over midnight. */
export const isWithinDay = (
  { from, to }: { readonly from: string; readonly to: string },
  at: Instant,
  zone: Zone,
): boolean => {
  const clock = Temporal.Instant.from(at)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString()
    .slice(0, 5);
  return from < to ? clock >= from && clock < to : clock >= from || clock < to;
};
