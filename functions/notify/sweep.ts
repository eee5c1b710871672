import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { isDue, leaseRanOut, unsure } from '../../shared/domain/notice/delivery-life.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { dueOf } from '../stores/commit-delivery.ts';
import type { DueEntry, DueKind } from '../stores/due.ts';
import type { SweepDeps, TimeLeft } from './notify-deps.ts';
import { sendDeliveries } from './send-deliveries.ts';

/** Looks at the item of an entry and does what is due; when it returns, the entry is taken away. */
type ServeDue = (entry: DueEntry) => Promise<void>;

export type SweepWork = SweepDeps & {
  /** Who serves what is no delivery. */
  readonly serve: Readonly<Partial<Record<DueKind, ServeDue>>>;
};

const deliveryKinds: readonly DueKind[] = ['mail', 'phone', 'room'];
const piece = 100;
const atOnce = 8;
/** Something that falls due soon is waited for; the next sweep comes in a minute. */
const aheadSeconds = 60;
/** Looks that found nothing to do come ever later. */
const firstPauseMs = 500;
const longestPauseMs = 5000;
/** A queue of mails behind its provider's rate must not keep digests and reminders waiting. */
const sliceMs = 3000;

/**
 * Serves everything that is due until nothing is left, or time is up: retries, what the provider's rate held back, leases
 * that ran out, digests, reminders. While something falls due within a minute it stays and looks again every few seconds,
 * so a rest of thousands drains at the provider's rate, and a retry after five seconds comes after about as many.
 */
export const sweep =
  (deps: SweepWork) =>
  async (timeLeft: TimeLeft): Promise<{ readonly done: number }> => {
    const { due, clock, sleep } = deps;
    const failed = new Set<string>();
    let done = 0;
    let idle = 0;

    while (timeLeft() > 0) {
      const now = clock();
      const soon = await due.dueUpTo(plusSeconds(now, aheadSeconds), piece);
      const entries = soon.filter((entry) => !failed.has(keyOf(entry)));
      if (entries.length === 0) break;

      const count = await serveAll(
        deps,
        entries.filter(({ at }) => at <= now),
        { failed, timeLeft },
      );
      done += count;
      // Nothing moved: not due yet, or the provider takes nothing at the moment. Looking again at once would only cost.
      idle = count > 0 ? 0 : idle + 1;
      if (idle > 0)
        await sleep(
          Math.min(longestPauseMs, firstPauseMs * 2 ** (idle - 1), Math.max(0, timeLeft())),
        );
    }
    return { done };
  };

const serveAll = async (
  deps: SweepWork,
  entries: readonly DueEntry[],
  { failed, timeLeft }: { readonly failed: Set<string>; readonly timeLeft: TimeLeft },
): Promise<number> => {
  const isDelivery = ({ kind }: DueEntry) => deliveryKinds.includes(kind);
  const others = entries.filter((entry) => !isDelivery(entry));
  const [settled, served] = await Promise.all([
    sweepDeliveries(deps, entries.filter(isDelivery), timeLeft),
    inParallel(others, atOnce, (entry) => serveOne(deps, entry, failed)),
  ]);
  return settled + served.filter(Boolean).length;
};

const keyOf = ({ kind, at, id }: DueEntry): string => `${kind} ${at} ${id}`;

const serveOne = async (
  { serve, due, report }: SweepWork,
  entry: DueEntry,
  failed: Set<string>,
): Promise<boolean> => {
  try {
    await serve[entry.kind]?.(entry);
    await due.done(entry);
    return true;
  } catch (error) {
    failed.add(keyOf(entry));
    report('due entry not served', error, { kind: entry.kind, id: entry.id, at: entry.at });
    return false;
  }
};

/** Answers how many entries are settled: sent, found to be late news, or given up. */
const sweepDeliveries = async (
  deps: SweepWork,
  entries: readonly DueEntry[],
  timeLeft: TimeLeft,
): Promise<number> => {
  const { deliveries, due, clock, report } = deps;
  const heads = new Map(
    (await deliveries.findMany(entries.map(({ id }) => id))).map((head) => [head.id, head]),
  );
  const now = clock();
  const toSend: DeliveryHead[] = [];
  let count = 0;

  await inParallel(entries, atOnce, async (entry) => {
    const head = heads.get(entry.id);
    try {
      if (!head || !dueOf(head).some(({ at }) => at === entry.at)) {
        await due.done(entry);
        count += 1;
      } else if (leaseRanOut(head, now)) {
        await deliveries.commit(head, unsure(head, now, diedWhileSending));
        count += 1;
      } else if (isDue(head, now)) toSend.push(head);
    } catch (error) {
      report('delivery not looked at', error, { delivery: entry.id });
    }
  });
  const end = timeLeft() - sliceMs;
  return count + (await sendDeliveries(deps)(toSend, () => timeLeft() - Math.max(0, end)));
};

const diedWhileSending =
  'whoever sent it died before writing down the answer: it may have gone out or not';
