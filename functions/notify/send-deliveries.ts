import { plusSeconds, secondsBetween } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { isDue, movedTo, waitsForQuota } from '../../shared/domain/notice/delivery-life.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import {
  assumedQuota,
  isQuotaOld,
  laneOf,
  type SendQuota,
} from '../../shared/domain/notice/send-lane.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { SendDeps, TimeLeft } from './notify-deps.ts';
import { type Outcome, sendDelivery } from './send-delivery.ts';

/** Deliveries of one lane that are under way at once. */
const atOnce = 10;
/** Who queued a delivery may have a clock that runs ahead: it need not wait for the sweep because of that. */
const skewSeconds = 1;
/** A room whose rest takes longer than this gives its place in the list to others. */
const crowdedSeconds = 3;

/**
 * Sends what is due of `heads` as fast as each lane allows, until all are settled or time is up; what is left stays in
 * the due list. Answers how many are out of it.
 */
export const sendDeliveries =
  (deps: SendDeps) =>
  async (heads: readonly DeliveryHead[], timeLeft: TimeLeft): Promise<number> => {
    const soon = plusSeconds(deps.clock(), skewSeconds);
    const lanes = Map.groupBy(
      heads.filter((head) => isDue(head, soon)),
      laneOf,
    );
    const counts = await Promise.all(
      [...lanes].map(([lane, queue]) => sendLane(deps, lane, queue, timeLeft)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };

const sendLane = async (
  deps: SendDeps,
  lane: string,
  queue: readonly DeliveryHead[],
  timeLeft: TimeLeft,
): Promise<number> => {
  const { lanes, clock, sleep } = deps;
  const left = [...queue];
  let count = 0;

  while (left.length > 0 && timeLeft() > 0) {
    const now = clock();
    const grant = await lanes.take(
      lane,
      Math.min(left.length, atOnce),
      now,
      await quotaOf(deps, lane, left, now),
    );
    if ('why' in grant) {
      if (grant.why === 'quota') {
        await waitForQuota(deps, left, grant.until, timeLeft);
        return count;
      }
      if (await makeRoom(deps, lane, left, grant.until)) return count;
      const ms = Math.max(20, secondsBetween(clock(), grant.until) * 1000);
      if (ms > timeLeft()) return count;
      await sleep(ms);
      continue;
    }
    const outcomes = await sendBatch(deps, left.splice(0, grant.granted));
    count += outcomes.filter((outcome) => outcome !== 'stale').length;
    await tellLane(deps, lane, outcomes);
  }
  return count;
};

/** One that fails for a reason of its own must not keep the others from being sent; the sweep comes back to it. */
const sendBatch = (deps: SendDeps, batch: readonly DeliveryHead[]): Promise<Outcome[]> =>
  Promise.all(
    batch.map(async (head) => {
      try {
        return await sendDelivery(deps)(head);
      } catch (error) {
        deps.report('delivery not settled', error, { delivery: head.id });
        return 'stale';
      }
    }),
  );

const tellLane = async (
  { lanes, clock }: SendDeps,
  lane: string,
  outcomes: readonly Outcome[],
): Promise<void> => {
  if (outcomes.includes('used-up')) await lanes.exhaust(lane);
  else if (outcomes.includes('throttled'))
    await lanes.cool(lane, clock(), 'the provider takes nothing at the moment');
  else if (outcomes.includes('sent')) await lanes.warm(lane);
};

/** The quota as it stands with the lane; asked again every five minutes. One that cannot be asked keeps what is known. */
const quotaOf = async (
  { lanes, quotas, report }: SendDeps,
  lane: string,
  [first]: readonly DeliveryHead[],
  now: Instant,
): Promise<SendQuota> => {
  const channel = first?.channel ?? 'mail';
  const known = await lanes.find(lane);
  if (known?.quota && !isQuotaOld(known, now)) return known.quota;
  const ask = quotas[channel];
  try {
    return ask ? await ask() : assumedQuota(channel, now);
  } catch (error) {
    report('quota not read', error, { channel });
    return known?.quota ?? assumedQuota(channel, now);
  }
};

/** The day's quota is used up: everything that waits says so, and is looked at again with the next quota. */
const waitForQuota = async (
  { deliveries }: SendDeps,
  left: readonly DeliveryHead[],
  until: Instant,
  timeLeft: TimeLeft,
): Promise<void> => {
  await inParallel(left, atOnce, async (head) => {
    if (timeLeft() > 0) await deliveries.commit(head, waitsForQuota(head, until));
  });
};

/** Rooms share one due list: those of a full lane get times of their own, as its rate allows. */
const makeRoom = async (
  { deliveries }: SendDeps,
  lane: string,
  left: readonly DeliveryHead[],
  until: Instant,
): Promise<boolean> => {
  const [first] = left;
  if (!lane.includes(':') || !first) return false;
  const { perSecond } = assumedQuota(first.channel, until);
  if (left.length / perSecond < crowdedSeconds) return false;
  await inParallel(left, atOnce, async (head) => {
    await deliveries.commit(
      head,
      movedTo(head, plusSeconds(until, left.indexOf(head) / perSecond)),
    );
  });
  return true;
};
