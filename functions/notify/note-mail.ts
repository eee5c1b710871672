import { secondsBetween } from '../../shared/domain/kernel/calendar-day.ts';
import type { SendDeps } from './notify-deps.ts';

const everySeconds = 3600;

/** Notes once an hour what the mail provider lets through, so that the health page knows it before a mail is sent. */
export const noteMail = async (
  { lanes, quotas, clock, report }: Pick<SendDeps, 'lanes' | 'quotas' | 'clock' | 'report'>,
  from: string | undefined,
): Promise<void> => {
  if (from === undefined || !quotas.mail) return;
  const now = clock();
  const known = await lanes.find('mail');
  const readAt = known?.quota?.readAt;
  if (known?.from === from && readAt && secondsBetween(readAt, now) < everySeconds) return;
  try {
    await lanes.note('mail', now, await quotas.mail(), from);
  } catch (error) {
    report('quota not read', error, { channel: 'mail' });
  }
};
