import type { Instant } from '../../shared/domain/kernel/time.schema.ts';

/** Where work gets the time from; tests hand in their own. */
export type Clock = () => Instant;

/** The clock of the machine. */
export const systemClock: Clock = () => new Date().toISOString();
