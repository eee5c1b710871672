import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { NewDelivery } from '../../shared/domain/notice/delivery-id.ts';
import type { DeliveryHead, Notice } from '../../shared/domain/notice/notice.schema.ts';
import { maxResends, resendId, rootOf, toResend } from '../../shared/domain/notice/resend.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { findResends } from './notice-chain.ts';
import { systemProject, writeAudit } from './write-audit.ts';

type Writes = Pick<ApiHandlers<'tell'>, 'resendNotice' | 'liftSuppression'>;

/** Sending again what did not arrive, and letting an address be written to again. */
export const writeNotices = (stores: ApiStores): Writes => {
  const { ledger, clock } = stores;
  const { notices, deliveries, suppressions } = ledger.outbox;

  return {
    async resendNotice({ params: { project, notice: id }, body: { comment } }, context) {
      const notice = await notices.find(id);
      if (!notice || notice.project !== project)
        return err({ code: 'notice-not-found', detail: `project ${project} has no notice ${id}` });
      const root = rootOf(notice);
      const resends = await findResends(notices, root);
      const chain = [root, ...resends.map((each) => each.id)];
      const last = resends.at(-1);
      // Whoever sent it again may have died before all of it was queued: then this call does the rest.
      const isUnfinished =
        last !== undefined &&
        chain.at(-2) === id &&
        (await deliveries.ofNotice(last.id)).length < last.recipients;
      if (chain.at(-1) !== id && !isUnfinished)
        return err({
          code: 'resent-already',
          detail: `it was sent again as ${chain.at(-1)}; what failed there is to be sent again from there`,
        });
      if (resends.length >= maxResends && !isUnfinished)
        return err({
          code: 'resent-too-often',
          detail: `it was sent again ${maxResends} times; find out why it does not arrive`,
        });
      const missed = toResend(await deliveries.ofNotice(id));
      if (missed.length === 0)
        return err({
          code: 'nothing-to-resend',
          detail: 'every delivery has arrived, waits still, or came back for good',
        });

      const again: Notice =
        isUnfinished && last
          ? last
          : {
              ...notice,
              id: resendId(root, resends.length + 1),
              at: clock(),
              reason: 'resend',
              resendOf: root,
              status: 'PENDING',
              recipients: missed.length,
            };
      // Two people at once: one notice, and the second is told so.
      if (!isUnfinished && !(await notices.create(again)))
        return err({ code: 'resent-already', detail: 'somebody has just sent it again' });
      await deliveries.queue(await Promise.all(missed.map((head) => repeated(head, again))));
      await writeAudit(stores, context, {
        ...{ action: 'resend-notice', object: `notice:${id}`, project, env: notice.env, comment },
        after: { notice: again.id, to: missed.map(({ to, channel }) => `${channel} ${to}`) },
      });
      return ok(again);
    },

    async liftSuppression({ params: { address }, body: { comment } }, context) {
      const lifted = await suppressions.lift(address);
      if (!lifted)
        return err({ code: 'suppression-not-found', detail: `${address} is not suppressed` });
      await writeAudit(stores, context, {
        ...{ action: 'lift-suppression', object: `address:${lifted.address}` },
        ...{ project: systemProject, comment, before: lifted },
      });
      return ok(lifted);
    },
  };

  /** The same to the same; one whose content is no longer kept is recorded as failed. */
  async function repeated(head: DeliveryHead, { id, at }: Notice): Promise<NewDelivery> {
    const { env, project, rule, kind, channel, receiver, to, thread } = head;
    const { resendUnconfirmed, maxAttempts } = head;
    const content = await deliveries.contentOf(head);
    return {
      ...{ notice: id, at, env, project, rule, kind, channel, receiver, to, thread },
      ...{ resendUnconfirmed, maxAttempts },
      ...(content
        ? { content }
        : {
            content: { subject: '', text: '' },
            refused: { reason: 'gave-up', error: 'its content is no longer kept' },
          }),
    };
  }
};
