import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import type { OwedMessage, Thread } from '../../shared/domain/notice/thread.schema.ts';
import type { Person } from './find-people.ts';
import type { Telling } from './find-telling.ts';
import { noticeIdOf } from './notice-rows.ts';
import type { SettleDeps } from './settle-deps.ts';

/**
 * Who gets a message: whom the rule names as they are at this moment, for an escalation those of the escalation, and that
 * something has recovered those who were told of it, whoever is on duty by then.
 */
export const peopleOf = async (
  { deliveries, findPeople, clock }: SettleDeps,
  telling: Telling,
  thread: Thread,
  { n, reason }: OwedMessage,
  owner: string | undefined,
): Promise<readonly Person[]> => {
  if (reason === 'recovered') {
    const before = Array.from({ length: n - 1 }, (_, at) => noticeIdOf(thread, at + 1));
    const told = (await Promise.all(before.map((notice) => deliveries.ofNotice(notice)))).flat();
    return findPeople.inTheirLanguage(distinct(told.filter(({ to }) => to !== '')));
  }
  const escalated = reason === 'escalation';
  const receivers = escalated ? telling.escalation : telling.receivers;
  return findPeople.at(telling, { receivers, owner, escalated }, clock());
};

/** Each address once for each channel. */
const distinct = (told: readonly DeliveryHead[]) => [
  ...new Map(
    told.map(({ channel, receiver, to }) => [
      `${channel} ${to.toLowerCase()}`,
      { channel, receiver, to },
    ]),
  ).values(),
];
