import { plusSeconds, secondsBetween } from '../../shared/domain/kernel/calendar-day.ts';
import type { SweepDeps } from './notify-deps.ts';

/** Retries come at most ten minutes apart, so whatever waits is due before that. */
const aheadSeconds = 900;
const looked = 50;

/** How many seconds ago the oldest message was issued that still waits; 0: none does. */
export const messageDelay = async ({
  due,
  deliveries,
  clock,
}: Pick<SweepDeps, 'due' | 'deliveries' | 'clock'>): Promise<number> => {
  const now = clock();
  const kinds = ['mail', 'phone', 'room'] as const;
  const entries = await due.dueUpTo(plusSeconds(now, aheadSeconds), looked, kinds);
  const heads = await deliveries.findMany([...new Set(entries.map(({ id }) => id))]);
  const waiting = heads.filter(({ status }) => status === 'QUEUED' || status === 'SENDING');
  return waiting.reduce((oldest, { at }) => Math.max(oldest, secondsBetween(at, now)), 0);
};
