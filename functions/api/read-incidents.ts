import type { IncidentMember } from '../../shared/contracts/api/incident-routes.ts';
import { incidentAt } from '../../shared/domain/alert/change-incident.ts';
import { isOver, rankOf } from '../../shared/domain/alert/fold-incident.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import type { IncidentRecord } from '../../shared/domain/alert/incident-member.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import { cursorAfterIncident } from '../stores/incidents.ts';
import type { ApiStores } from './api-stores.ts';
import { filteredPage } from './filtered-page.ts';
import { findIncident } from './find-incident.ts';
import { noProject } from './read-instances.ts';
import { readRunbook } from './read-runbook.ts';
import { requireRole } from './require-role.ts';
import { visibleProjects } from './visible-projects.ts';

type Query = Parameters<ApiHandlers<'messages'>['listIncidents']>[0]['query'];

const defaultDays = 31;
const membersShown = 25;
const stepsShown = 200;
/** Open incidents that are ordered by how bad they are. */
const ranked = 500;

/** Incidents, what is part of them and what was done about them. */
export const readIncidents = (
  stores: ApiStores,
): Pick<ApiHandlers<'messages'>, 'listIncidents' | 'getIncident' | 'listIncidentMembers'> => {
  const { catalog, ledger, clock } = stores;
  const runbook = readRunbook(stores);

  return {
    async listIncidents({ query }, context) {
      const { env, project, limit, cursor, to, order } = query;
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
      const withOver = query.status?.some((status) => isOver({ status })) ?? false;
      const from =
        query.from ??
        (withOver
          ? `${plusDays((to ?? now).slice(0, 10), -defaultDays)}T00:00:00.000Z`
          : undefined);
      const list = withOver ? ledger.listIncidents : ledger.listOpenIncidents.bind(ledger);
      const range = { env, projects, from, to };
      const keep = (items: readonly Incident[]) =>
        items.map((each) => incidentAt(each, now)).filter((each) => matches(each, query));

      if (order === 'worst') {
        if (withOver)
          return err({
            code: 'invalid-input',
            detail:
              'order: worst takes open incidents only; leave RECOVERED and CLOSED out of status',
          });
        const { items } = await list({ ...range, limit: ranked });
        return ok(rankedPage(keep(items), limit, cursor));
      }
      const page = await filteredPage<Incident>({
        ...{ limit, cursor },
        fetch: (size, after) => list({ ...range, limit: size, cursor: after }),
        keep: async (items) => keep(items),
        cursorAfter: cursorAfterIncident,
        placeOf: ({ openedAt }) => openedAt,
      });
      return ok({ ...page, items: [...page.items] });
    },

    async getIncident({ params }, context) {
      const found = await findIncident(stores, context, params.incident, 'viewer');
      if (!found.ok) return found;
      const incident = found.value;
      const [members, steps] = await Promise.all([
        ledger.membersOfIncident(incident.id, { limit: membersShown }),
        ledger.stepsOfIncident(incident.id, stepsShown),
      ]);
      const of = incident.cause.instance ?? members.items[0]?.instance;
      const fix =
        of === undefined
          ? undefined
          : await runbook({ params: { instance: of }, query: {}, body: undefined }, context);
      return ok({
        ...incidentAt(incident, clock()),
        members: members.items.map(memberOf),
        moreMembers: members.cursor !== undefined,
        steps,
        ...(fix?.ok && fix.value.lastFix ? { lastFix: fix.value.lastFix } : {}),
      });
    },

    async listIncidentMembers({ params, query: { limit, cursor, open } }, context) {
      const found = await findIncident(stores, context, params.incident, 'viewer');
      if (!found.ok) return found;
      const page = await filteredPage<IncidentRecord>({
        ...{ limit, cursor },
        fetch: (size, after) =>
          ledger.membersOfIncident(params.incident, { limit: size, cursor: after }),
        keep: async (items) => items.filter((each) => open === undefined || each.open === open),
        cursorAfter: ({ instance }) => ledger.cursorAfterMember(params.incident, instance),
        placeOf: ({ instance }) => instance,
      });
      return ok({ ...page, items: page.items.map(memberOf) });
    },
  };
};

const memberOf = ({
  instance,
  workflow,
  task,
  failedAt,
  error,
  recoveredAt,
  open,
}: IncidentRecord): IncidentMember => ({
  ...{ instance, workflow, task, failedAt: failedAt ?? '', error },
  ...(open ? {} : { recoveredAt }),
});

const matches = ({ status, cause, workflows }: Incident, wanted: Query): boolean => {
  const text = wanted.text?.toLowerCase();
  const texts = [cause.error, cause.instance, cause.workflow, cause.task, ...workflows];
  return (
    (wanted.status === undefined ? !isOver({ status }) : wanted.status.includes(status)) &&
    (text === undefined || texts.some((each) => each?.toLowerCase().includes(text)))
  );
};

/** Worst first. The cursor is a place in that order, which holds while incidents change under it as well as it can. */
const rankedPage = (items: readonly Incident[], limit: number, cursor: string | undefined) => {
  const after = positionOf(cursor)?.after;
  const sorted = items
    .map((incident) => ({ incident, place: placeOf(incident) }))
    .toSorted((a, b) => (a.place < b.place ? 1 : -1))
    .filter(({ place }) => after === undefined || place < after);
  const page = sorted.slice(0, limit);
  return {
    items: page.map(({ incident }) => incident),
    cursor: sorted.length > limit ? cursorOf({ after: page.at(-1)?.place }) : undefined,
  };
};

const placeOf = ({ severity, open, id, openedAt }: Incident): string =>
  `${rankOf(severity) + 1}~${String(open).padStart(9, '0')}~${openedAt}~${id}`;
