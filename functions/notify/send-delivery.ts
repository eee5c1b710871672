import { Fault, retryableFaults } from '../../shared/domain/kernel/fault.ts';
import {
  claimed,
  putOff,
  refused,
  sent,
  unsure,
} from '../../shared/domain/notice/delivery-life.ts';
import { Delivery, type DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import type { SendDeps } from './notify-deps.ts';

/**
 * What came of one: `stale`: somebody else has it. `throttled` and `used-up`: the provider takes no more for now, today.
 */
export type Outcome = 'sent' | 'ended' | 'stale' | 'throttled' | 'used-up';

type Deps = Pick<SendDeps, 'deliveries' | 'suppressions' | 'channels' | 'clock'>;

/**
 * Sends one delivery: claims it (conditional on its sequence number), calls the provider once, writes down what came of
 * it. Whoever dies after the claim leaves a lease that runs out: then nobody knows, and the delivery says so.
 */
export const sendDelivery =
  (deps: Deps) =>
  async (head: DeliveryHead): Promise<Outcome> => {
    const { deliveries, channels, clock } = deps;
    const barred = await barredBy(deps, head);
    if (barred) return (await deliveries.commit(head, barred)) ? 'ended' : 'stale';
    const content = await deliveries.contentOf(head);
    const send = channels[head.channel];
    if (!content || !send) {
      const after = content
        ? refused(head, 'channel-off', `${head.channel} is not set up in this deployment`)
        : refused(head, 'gave-up', 'its content is no longer kept');
      return (await deliveries.commit(head, after)) ? 'ended' : 'stale';
    }

    const claim = claimed(head, clock());
    if (!(await deliveries.commit(head, claim))) return 'stale';
    const { text: _, ...delivery } = claim;
    let messageId: string | undefined;
    try {
      ({ messageId } = await send({ ...delivery, content }));
    } catch (error) {
      return settleFailure(deps, claim, error);
    }
    await settle(deps, claim, (at) => sent(at, clock(), messageId));
    return 'sent';
  };

const barredBy = async (
  { suppressions }: Deps,
  head: DeliveryHead,
): Promise<DeliveryHead | undefined> => {
  if (head.channel !== 'mail') return undefined;
  const found = await suppressions.find(head.to);
  return (
    found &&
    refused(
      head,
      'suppressed-address',
      found.reason === 'bounced'
        ? `mail to this address came back on ${found.at.slice(0, 10)}; an administrator can lift the suppression`
        : `somebody at this address marked a mail as spam on ${found.at.slice(0, 10)}; an administrator can lift the suppression`,
    )
  );
};

const settleFailure = async (deps: Deps, claim: DeliveryHead, error: unknown): Promise<Outcome> => {
  const { clock } = deps;
  const message = error instanceof Error ? error.message : String(error);
  const fault = error instanceof Fault ? error : undefined;

  if (fault?.name === 'ChannelRefused') {
    const reason = Delivery.shape.reason.safeParse(fault.facts.reason).data;
    await settle(deps, claim, (at) => refused(at, reason ?? 'provider-refused', message));
    return 'ended';
  }
  if (fault && retryableFaults.includes(fault.name)) {
    const wait = Number(fault.facts.retryAfterSeconds ?? 0);
    await settle(deps, claim, (at) => putOff(at, clock(), message, wait));
    return fault.facts.reason === 'quota-reached' ? 'used-up' : 'throttled';
  }
  await settle(deps, claim, (at) => unsure(at, clock(), message));
  return 'ended';
};

/**
 * Writes down how a send ended. Where the claim is no longer the newest version, a report of the provider was quicker and
 * says more, or the lease ran out: only then the delivery is still without an answer, and gets ours.
 */
const settle = async (
  { deliveries }: Deps,
  claim: DeliveryHead,
  end: (at: DeliveryHead) => DeliveryHead,
): Promise<void> => {
  if (await deliveries.commit(claim, end(claim))) return;
  const now = await deliveries.find(claim.id);
  if (now?.status === 'UNCONFIRMED' && now.attempts === claim.attempts)
    await deliveries.commit(now, end(now));
};
