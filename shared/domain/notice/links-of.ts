import { parseInstanceId } from '../instance/instance-id.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import type { ActionLink } from './action-link.schema.ts';
import { linkLifeSeconds } from './link-keys.schema.ts';
import type { MessageFacts } from './message-facts.ts';

/** What may be rerun after it was told of. */
const broken: ReadonlySet<MessageFacts['kind']> = new Set([
  'run-failed',
  'task-failed',
  'task-timeout',
  'log-keyword',
]);

/**
 * What a reader may do from a message about one thing that went wrong: rerun it, or acknowledge and snooze its incident.
 * A test, and a message that all is well, have nothing to do. Same notice, same links.
 */
export const linksOf = (facts: MessageFacts): readonly Omit<ActionLink, 'id'>[] => {
  const { env, project, at, kind, reason, count, items, incident } = facts;
  if (reason === 'test' || reason === 'recovered' || kind === 'recovered') return [];

  const common = { env, project, expiresAt: plusSeconds(at, linkLifeSeconds) };
  const { instance } = items[0];
  const reruns: readonly Omit<ActionLink, 'id'>[] =
    count === 1 && broken.has(kind) && instance !== undefined && parseInstanceId(instance)
      ? (['rerun', 'rerun-downstream'] as const).map((action) => ({
          ...{ ...common, action, object: { kind: 'instance', id: instance } },
        }))
      : [];
  const waits = incident?.status === 'OPEN' || incident?.status === 'SNOOZED';
  return [
    ...reruns,
    ...(incident && waits
      ? (['acknowledge', 'snooze'] as const).map((action) => ({
          ...{ ...common, action, object: { kind: 'incident' as const, id: incident.id } },
        }))
      : []),
  ];
};
