import type * as z from 'zod';
import type { MessageFacts } from '../notice/message-facts.ts';
import type { Content } from '../notice/notice.schema.ts';
import type { Draft } from './draft.ts';

/** Version of the body that a webhook gets; raised when a program that reads it would have to change. */
const payloadSchema = 'nightshift.notice/1';

/** The body of a webhook: the facts as they are, beside the words. Missing facts are missing fields. */
export const renderPayload = (
  { facts, parts, subject }: Draft,
  text: string,
): Content['payload'] => {
  const { notice, at, env, project, zone, kind, reason, rule, severity, count, items } = facts;
  const { incident, downstream, recoveryAt } = facts;
  const body = {
    schema: payloadSchema,
    ...{ id: notice, at, env, project, zone, kind, reason, rule, severity, count },
    ...{ subject, headline: parts.headline, summary: parts.summary, text },
    items: items.slice(0, 20).map(bounded),
    more: parts.more,
    incident: incident && {
      id: incident.id,
      status: incident.status,
      failures: incident.failures,
      open: incident.open,
    },
    downstream: downstream?.count,
    downstreamMore: downstream?.more ? true : undefined,
    recoveryAt,
    links: parts.actions,
  };
  return JSON.parse(JSON.stringify(body)) as z.core.util.JSONType;
};

/** A body that some programs refuse above 64 KB must not be filled by one error. */
const bounded = (item: MessageFacts['items'][number]) => ({
  ...item,
  ...(item.error === undefined ? {} : { error: item.error.slice(0, 1500).toWellFormed() }),
});
