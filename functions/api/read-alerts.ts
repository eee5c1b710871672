import type { AlertEvent } from '../../shared/domain/alert/alert-event.schema.ts';
import { alertAt } from '../../shared/domain/alert/fold-alert-event.ts';
import { parseDatedId } from '../../shared/domain/alert/incident-id.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { cursorAfterAlert } from '../stores/alert-events.ts';
import { threadIdOf } from '../stores/threads.ts';
import type { ApiStores } from './api-stores.ts';
import { filteredPage } from './filtered-page.ts';
import { noProject } from './read-instances.ts';
import { requireRole } from './require-role.ts';
import { visibleProjects } from './visible-projects.ts';

type Query = Parameters<ApiHandlers<'messages'>['listAlertEvents']>[0]['query'];

/** How far back the alert center looks (nodes-and-instances 7.4). */
const monthSeconds = 31 * 86_400;

/** The alert center: what alert rules saw, each as it stands now. */
export const readAlerts = (
  stores: ApiStores,
): Pick<ApiHandlers<'messages'>, 'listAlertEvents' | 'getAlertEvent'> => {
  const { catalog, ledger, clock } = stores;
  const viewsOf = async (events: readonly AlertEvent[], now: Instant): Promise<AlertEvent[]> => {
    const [threads, incidents] = await Promise.all([
      ledger.findThreads([...new Map(events.map((event) => [threadIdOf(event), event])).values()]),
      ledger.findIncidents(events.flatMap(({ incident }) => incident ?? [])),
    ]);
    return events.map((event) =>
      alertAt(
        event,
        {
          thread: threads.get(threadIdOf(event)),
          incident: event.incident === undefined ? undefined : incidents.get(event.incident),
        },
        now,
      ),
    );
  };

  return {
    async listAlertEvents({ query }, context) {
      const { env, project, limit, cursor, to } = query;
      if (project !== undefined) {
        const denied = await requireRole(context, project, 'viewer');
        if (denied) return err(denied);
        if (!(await catalog.findProject(project))) return noProject(project);
      }
      const projects =
        project === undefined
          ? (await visibleProjects(stores, context)).map(({ name }) => name)
          : [project];
      const now = clock();
      const me =
        query.receiver === 'me' ? await namesOfUser(stores, context.caller.user) : undefined;
      const range = { env, projects, from: query.from ?? plusSeconds(now, -monthSeconds), to };
      const page = await filteredPage<AlertEvent>({
        ...{ limit, cursor },
        fetch: (size, after) => ledger.listAlertEvents({ ...range, limit: size, cursor: after }),
        keep: async (items) =>
          (
            await viewsOf(
              items.filter((event) => matches(event, query, me)),
              now,
            )
          ).filter(({ status }) => query.status === undefined || query.status.includes(status)),
        cursorAfter: cursorAfterAlert,
        placeOf: ({ firstAt }) => firstAt,
      });
      return ok({ ...page, items: [...page.items] });
    },

    async getAlertEvent({ params: { alert } }, context) {
      const project = parseDatedId(alert)?.project;
      const missing = err({
        code: 'alert-not-found',
        detail: `there is no alert ${alert}`,
      } as const);
      if (project === undefined) return missing;
      // What one may not see is not there.
      if (await requireRole(context, project, 'viewer')) return missing;
      const event = await ledger.findAlertEvent(alert);
      const [view] = event ? await viewsOf([event], clock()) : [];
      return view ? ok(view) : missing;
    },
  };
};

/** Under which names messages reach a user: the own one as an owner, and those of the contacts. */
const namesOfUser = async (
  { catalog }: Pick<ApiStores, 'catalog'>,
  user: string,
): Promise<ReadonlySet<string>> => {
  const contacts = await catalog.allContacts();
  return new Set([
    user,
    ...contacts.flatMap((contact) => (contact.user === user ? contact.name : [])),
  ]);
};

const matches = (
  { kind, severity, receivers, object, ruleName, error, workflow, task }: AlertEvent,
  wanted: Query,
  me: ReadonlySet<string> | undefined,
): boolean => {
  const text = wanted.text?.toLowerCase();
  const { receiver } = wanted;
  const isTold = ({ type, name }: AlertEvent['receivers'][number]): boolean =>
    (receiver === 'all' || (receiver === 'me' ? me?.has(name) === true : type === receiver)) &&
    (wanted.name === undefined || name === wanted.name);
  return (
    (wanted.kind === undefined || wanted.kind.includes(kind)) &&
    (wanted.severity === undefined || wanted.severity.includes(severity)) &&
    ((receiver === 'all' && wanted.name === undefined) || receivers.some(isTold)) &&
    (text === undefined ||
      [object, ruleName, error, workflow, task].some((each) => each?.toLowerCase().includes(text)))
  );
};
