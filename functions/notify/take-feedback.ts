import type { StageInput } from '../../shared/contracts/stages.ts';
import { type Feedback, reported } from '../../shared/domain/notice/delivery-life.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { deliveryHeader, deliveryOfHeader } from '../channels/delivery-header.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { Deliveries } from '../stores/deliveries.ts';
import type { Suppressions } from '../stores/suppressions.ts';

export type FeedbackDeps = {
  readonly deliveries: Deliveries;
  readonly suppressions: Suppressions;
  readonly clock: Clock;
};

type Report = StageInput<'notify-feedback'>['detail'];

const tries = 5;

/**
 * What SES reports about a mail, as the event comes from the default bus: late, twice, in any order. An address that
 * bounced for good or complained is not written to any more. A report about an unconfirmed mail settles it.
 */
export const takeFeedback =
  ({ deliveries, suppressions, clock }: FeedbackDeps) =>
  async ({ detail }: StageInput<'notify-feedback'>): Promise<{ done: number }> => {
    const feedback = feedbackOf(detail);
    const { messageId } = detail.mail;
    const id = (await deliveries.ofMessage(messageId)) ?? headerOf(detail);
    let head: DeliveryHead | undefined = id === undefined ? undefined : await deliveries.find(id);
    if (!feedback || !head) return { done: 0 };

    const reason = suppressedBy(feedback);
    if (reason !== undefined)
      await suppressions.add({
        address: head.to,
        reason,
        at: clock(),
        delivery: head.id,
        ...('detail' in feedback && { detail: feedback.detail }),
      });

    for (let attempt = 0; head && attempt < tries; attempt += 1) {
      const after = reported(head, feedback, clock(), messageId);
      if (!after) return { done: 0 };
      if (await deliveries.commit(head, after)) return { done: 1 };
      head = await deliveries.find(head.id);
    }
    return { done: 0 };
  };

const suppressedBy = (feedback: Feedback): 'bounced' | 'complained' | undefined => {
  if (feedback.kind === 'complained') return 'complained';
  return feedback.kind === 'bounced' && feedback.permanent ? 'bounced' : undefined;
};

/** Set by ourselves, so it is there even when nobody lived to write the message id down. */
const headerOf = ({ mail }: Report): string | undefined => {
  const found = mail.headers?.find(
    ({ name }) => name.toLowerCase() === deliveryHeader.toLowerCase(),
  );
  return found && deliveryOfHeader(found.value);
};

const feedbackOf = ({ eventType, bounce, complaint, reject }: Report): Feedback | undefined => {
  switch (eventType) {
    case 'Delivery':
      return { kind: 'delivered' };
    case 'Bounce': {
      const [recipient] = bounce?.bouncedRecipients ?? [];
      const permanent = bounce?.bounceType === 'Permanent';
      return {
        kind: 'bounced',
        permanent,
        detail: `${permanent ? 'came back for good' : 'came back'}: ${recipient?.diagnosticCode ?? bounce?.bounceSubType ?? 'no reason given'}`,
      };
    }
    case 'Complaint':
      return {
        kind: 'complained',
        detail: `marked as spam: ${complaint?.complaintFeedbackType ?? 'no reason given'}`,
      };
    case 'Reject':
      return {
        kind: 'rejected',
        detail: `SES did not send it: ${reject?.reason ?? 'no reason given'}`,
      };
    default:
      return undefined;
  }
};
