import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { isSandbox } from '../../shared/domain/notice/send-lane.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';

/** Counting goes no further: a thousand is a trouble of its own. */
const counted = 1000;

/** Whether mails go out, as the senders saw it last: the API itself has no right to ask SES. */
export const readMailStatus = ({
  ledger,
  clock,
}: ApiStores): Pick<ApiHandlers<'messages'>, 'getMailStatus' | 'listSuppressions'> => {
  const { lanes, due, suppressions } = ledger.outbox;
  return {
    async getMailStatus() {
      const now = clock();
      const soon = `${plusDays(now.slice(0, 10), 2)}T00:00:00.000Z`;
      const [lane, waiting, suppressed] = await Promise.all([
        lanes.find('mail'),
        due.dueUpTo(soon, counted, ['mail']),
        suppressions.list({ limit: counted }),
      ]);
      const { quota } = lane ?? {};
      return ok({
        from: lane?.from,
        ...(quota && {
          sandbox: isSandbox(quota),
          perSecond: quota.perSecond,
          perDay: quota.perDay,
          sentToday: quota.sent + (lane?.taken ?? 0),
          readAt: quota.readAt,
        }),
        problem: lane?.coolUntil !== undefined && lane.coolUntil > now ? lane.problem : undefined,
        waiting: waiting.length,
        suppressed: suppressed.items.length,
      });
    },

    async listSuppressions({ query: { limit, cursor } }) {
      const page = await suppressions.list({ limit, cursor });
      return ok({ ...page, items: [...page.items] });
    },
  };
};
