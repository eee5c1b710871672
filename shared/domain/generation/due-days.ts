import { plusDays } from '../kernel/calendar-day.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';

/** Instances of the next day are generated when the project's clock passes this (nodes-and-instances 6.1). */
const generationTime = '23:00';

/** Missed generations are caught up for this many days; older ones nobody waits for any more (spec/README 19). */
const catchUpDays = 7;

export type DueDay = {
  readonly bizDate: BizDate;
  /** Versions put online after this instant wait for the next day, however late generation runs. */
  readonly cutoffAt: Instant;
};

/**
 * The business dates whose 23:00 in the project's zone has passed since the project exists, oldest first. The instances
 * of business date T fall due on T+1, so T's cut-off lies on day T itself.
 */
export const dueDays = (zone: Zone, createdAt: Instant, now: Instant): readonly DueDay[] => {
  const today = localDateAt(now, zone);
  return Array.from({ length: catchUpDays + 1 }, (_, n) => plusDays(today, n - catchUpDays))
    .map((bizDate) => ({ bizDate, cutoffAt: cutoffOf(bizDate, zone) }))
    .filter(({ cutoffAt }) => cutoffAt <= now && cutoffAt >= createdAt);
};

/** The instant that decides which versions generation uses for a business date, unless it was asked for by hand. */
export const cutoffOf = (bizDate: BizDate, zone: Zone): Instant =>
  instantOfLocal(`${bizDate}T${generationTime}`, zone);
