import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { DeliveryHead, Notice } from '../../shared/domain/notice/notice.schema.ts';
import { maxResends, rootOf } from '../../shared/domain/notice/resend.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import { noticeDays } from '../stores/notice-expiry.ts';
import type { Page } from '../stores/table.ts';
import type { ApiStores } from './api-stores.ts';
import { filteredPage } from './filtered-page.ts';
import { findResends } from './notice-chain.ts';
import { daysUpTo, pagesOfDays, placeAfter } from './pages-of-days.ts';
import { noProject } from './read-instances.ts';

type Reads = Pick<ApiHandlers<'messages'>, 'listNotices' | 'getNotice' | 'listDeliveries'>;
type NoticeQuery = Parameters<Reads['listNotices']>[0]['query'];
type DeliveryQuery = Parameters<Reads['listDeliveries']>[0]['query'];

const defaultDays = 7;

/** Notices that were issued, and what became of them at each receiver. */
export const readNotices = ({ catalog, ledger, clock }: ApiStores): Reads => {
  const { notices, deliveries } = ledger.outbox;

  return {
    async listNotices({ params: { project }, query }) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const fetch = daysOf(rangeOf(query, clock()), (day, part) =>
        notices.listDay(project, day, part),
      );
      const byReceiver = async (found: readonly Notice[]): Promise<readonly Notice[]> => {
        const kept = found.filter((notice) => matchesNotice(notice, query));
        if (query.recipient === undefined) return kept;
        const told = await Promise.all(kept.map(({ id }) => deliveries.ofNotice(id)));
        return kept.filter((_, n) => told[n]?.some((one) => isFor(one, query.recipient)));
      };
      const page = await filteredPage<Notice>({
        ...{ limit: query.limit, cursor: query.cursor, fetch, keep: byReceiver },
        cursorAfter: ({ at, id }) => placeAfter(at.slice(0, 10), `${at}#${id}`),
        placeOf: ({ at }) => at,
        // A receiver is looked up notice by notice, which costs ten times as much.
        ...(query.recipient !== undefined && { budget: 200 }),
      });
      return ok({ ...page, items: [...page.items] });
    },

    async listDeliveries({ params: { project }, query }) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const page = await filteredPage<DeliveryHead>({
        limit: query.limit,
        cursor: query.cursor,
        fetch: daysOf(rangeOf(query, clock()), (day, part) =>
          deliveries.listDay(project, day, part),
        ),
        keep: async (found) => found.filter((one) => matchesDelivery(one, query)),
        cursorAfter: ({ at, id }) => placeAfter(at.slice(0, 10), `${at}#${id}`),
        placeOf: ({ at }) => at,
      });
      return ok({ ...page, items: [...page.items] });
    },

    async getNotice({ params: { project, notice: id } }, context) {
      const notice = await notices.find(id);
      if (!notice || notice.project !== project)
        return err({ code: 'notice-not-found', detail: `project ${project} has no notice ${id}` });
      const all = await deliveries.ofNotice(id);
      const resends = await findResends(notices, rootOf(notice));
      const seesContent = rankOfRole(await context.roleIn(project)) >= rankOfRole('operator');
      return ok({
        notice,
        deliveries: all,
        resends: [...resends],
        mayResend: maxResends - resends.length,
        ...(seesContent && { contents: await contentsOf(all) }),
      });
    },
  };

  /** Each content once, with the deliveries that carry it. */
  async function contentsOf(all: readonly DeliveryHead[]) {
    const groups = [...Map.groupBy(all, ({ text }) => text).values()];
    const found = await Promise.all(
      groups.map(async (group) => {
        const [first] = group;
        const content = first && (await deliveries.contentOf(first));
        return content ? [{ deliveries: group.map(({ id }) => id), content }] : [];
      }),
    );
    return found.flat();
  }
};

type Range = { readonly from: Instant; readonly to: Instant };

/** What is kept bounds what can be asked for: records may outlive their time by some days. */
const rangeOf = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Instant,
): Range => {
  const end = to ?? now;
  const oldest = `${plusDays(now.slice(0, 10), -noticeDays)}T00:00:00.000Z`;
  const start = from ?? `${plusDays(end.slice(0, 10), -defaultDays)}${end.slice(10)}`;
  return { from: start > oldest ? start : oldest, to: end };
};

/** Day after day, the newest first. */
const daysOf =
  <T>(
    { from, to }: Range,
    listDay: (
      day: string,
      part: Range & { readonly limit: number; readonly cursor: string | undefined },
    ) => Promise<Page<T>>,
  ) =>
  async (limit: number, cursor: string | undefined): Promise<Page<T>> => {
    const days = daysUpTo(from.slice(0, 10), to.slice(0, 10)).toReversed();
    if (days.length === 0) return { items: [] };
    return pagesOfDays(days, (day, size, after) =>
      listDay(day, { from, to, limit: size, cursor: after }),
    )(limit, cursor);
  };

const has = <T>(wanted: readonly T[] | undefined, value: T): boolean =>
  wanted === undefined || wanted.includes(value);

const matchesNotice = (
  notice: Notice,
  { env, rule, kind, status, reason, workflow, incident }: NoticeQuery,
): boolean =>
  (env === undefined || notice.env === env) &&
  (rule === undefined || notice.rule.name === rule) &&
  has(kind, notice.kind) &&
  has(status, notice.status) &&
  has(reason, notice.reason) &&
  (workflow === undefined || notice.workflow === workflow) &&
  (incident === undefined || notice.incident === incident);

const matchesDelivery = (
  delivery: DeliveryHead,
  { env, rule, kind, status, channel, recipient }: DeliveryQuery,
): boolean =>
  (env === undefined || delivery.env === env) &&
  (rule === undefined || delivery.rule.name === rule) &&
  has(kind, delivery.kind) &&
  has(status, delivery.status) &&
  has(channel, delivery.channel) &&
  isFor(delivery, recipient);

const isFor = ({ to, receiver }: DeliveryHead, recipient: string | undefined): boolean => {
  if (recipient === undefined) return true;
  const part = recipient.toLowerCase();
  return to.toLowerCase().includes(part) || receiver.name.toLowerCase().includes(part);
};
