import type { BizDate } from '../kernel/time.schema.ts';

/** A schedule as wall times, before any zone: which local days, and at which local seconds of such a day. */
export type WallPattern = {
  /** Ascending, without repetition. */
  readonly secondsOfDay: readonly number[];
  /** Runs every real interval: in both passes of a repeated hour, never shifted out of a gap. */
  readonly interval: boolean;
  /** The first day on or after `from` that the pattern fires on. */
  readonly nextDay: (from: BizDate) => BizDate | undefined;
};

/** The schedule fires on the local day `runDate`; if not, that is an off day (nodes-and-instances 6.2). */
export const firesOn = (pattern: WallPattern, runDate: BizDate): boolean =>
  pattern.nextDay(runDate) === runDate;
