import type { Instant } from '../../shared/domain/kernel/time.schema.ts';

/** How long notices and deliveries are kept (workflows-and-logs A1.7). */
export const noticeDays = 90;

export const noticeExpiry = (at: Instant): number =>
  Math.floor(Date.parse(at) / 1000) + noticeDays * 86_400;
