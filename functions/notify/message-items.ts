import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import type { MessageItem } from '../../shared/domain/notice/message-facts.ts';
import type { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import type { OwedMessage, Thread } from '../../shared/domain/notice/thread.schema.ts';
import type { TellDeps } from './tell-deps.ts';

/** Instances that a message about something that goes on names, and members that are looked at to find them. */
const named = 10;
const looked = 200;

export type MessageItems = readonly [MessageItem, ...MessageItem[]];

/**
 * What a message tells of: the occurrences that are new in it; for a reminder, an escalation or "recovered" what is still
 * open, or was part of it. There is always at least one.
 */
export const itemsOf = async (
  deps: Pick<TellDeps, 'ledger'>,
  thread: Thread,
  { reason }: OwedMessage,
  fresh: readonly Occurrence[],
): Promise<MessageItems> => {
  const [newest, ...others] = fresh;
  if (newest && (reason === 'occurrence' || reason === 'digest')) return [newest, ...others];

  const [first, ...rest] = await stillOpen(deps, thread, reason === 'recovered');
  if (first) return [first, ...rest];
  return [newest ?? { kind: thread.kind, at: thread.openedAt, detail: {} }, ...others];
};

const stillOpen = async (
  { ledger }: Pick<TellDeps, 'ledger'>,
  thread: Thread,
  all: boolean,
): Promise<readonly MessageItem[]> => {
  if (thread.incident !== undefined) {
    const { items } = await ledger.membersOfIncident(thread.incident, { limit: looked });
    return items
      .filter(({ open }) => all || open)
      .slice(0, named)
      .map(({ instance, workflow, task, error, failedAt }) => ({
        ...{ kind: thread.kind, at: failedAt ?? thread.openedAt, detail: {} },
        ...{ instance, workflow, task, error },
      }));
  }
  const events = await ledger.findAlertEvents(await ledger.eventsOfThread(thread, looked));
  return events
    .filter(({ status }) => status !== 'FINISH')
    .slice(0, named)
    .map(({ kind, latestAt, object, ...event }) => ({
      ...{ kind, at: latestAt, detail: {}, workflow: event.workflow, task: event.task },
      ...{ runId: event.runId, bizDate: event.bizDate, owner: event.owner, error: event.error },
      ...(event.task === undefined ? {} : { instance: object }),
    }));
};

/** How many things a message tells of: what is new in it, or what is still so, or all that has recovered. */
export const countOf = (
  { reason, count }: OwedMessage,
  incident: Incident | undefined,
  items: MessageItems,
): number => {
  if (reason === 'occurrence' || reason === 'digest') return Math.max(1, count);
  if (incident) return Math.max(1, reason === 'recovered' ? incident.failures : incident.open);
  return items.length;
};
