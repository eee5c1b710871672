import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import { dayKeysOf } from '../stores/instances-table.ts';
import type { ApiStores } from './api-stores.ts';
import { filteredPage } from './filtered-page.ts';
import { instanceRow, instanceRows, withProgress } from './instance-row.ts';
import { isOneTime } from './is-one-time.ts';
import { daysUpTo, pagesOfDays, placeAfter } from './pages-of-days.ts';

type Reads = Pick<
  ApiHandlers<'read'>,
  'listInstances' | 'getInstance' | 'listMoves' | 'listAttempts'
>;

/** Looking at instances. */
export const readInstances = (
  { instances, catalog }: ApiStores,
  definitions: DefinitionCache,
): Reads => ({
  async listInstances({ query }) {
    const { project, bizDate, to, env, family, order, limit, cursor } = query;
    if (!(await catalog.findProject(project))) return noProject(project);
    const days = daysUpTo(bizDate, to ?? bizDate);

    const page = await filteredPage<Instance>({
      limit,
      cursor,
      fetch: pagesOfDays(order === 'asc' ? days : days.toReversed(), (day, size, after) =>
        instances.listDay({
          ...{ env, project, family, bizDate: day, order },
          limit: size,
          cursor: after,
        }),
      ),
      keep: async (items) => {
        const kept = items.filter((instance) => matches(instance, query));
        if (query.owner === undefined) return kept;
        const facts = await definitions.currentFactsOf(kept);
        return kept.filter((_, n) => facts[n]?.owner === query.owner);
      },
      cursorAfter: (instance) => placeAfter(instance.bizDate, dayKeysOf(instance).lsk),
      placeOf: ({ dueAt }) => dueAt,
    });
    const items = await instanceRows(definitions, page.items);
    return ok({ ...page, items: await withProgress(instances, items) });
  },

  async getInstance({ params }) {
    const instance = await instances.find(params.instance);
    if (!instance) return noInstance(params.instance);
    const [row, { question }, oneTime] = await Promise.all([
      instanceRow(definitions, instance),
      definitions.factsOf(instance),
      isOneTime(instances, instance),
    ]);
    const [shown = row] = await withProgress(instances, [row]);
    return ok({ ...shown, oneTime, question });
  },

  async listMoves({ params }) {
    const items = await instances.history(params.instance);
    return items.length === 0 ? noInstance(params.instance) : ok({ items });
  },

  async listAttempts({ params }) {
    const items = await instances.attempts(params.instance);
    if (items.length === 0 && !(await instances.find(params.instance)))
      return noInstance(params.instance);
    return ok({ items });
  },
});

export const noInstance = (id: string) =>
  err({
    code: 'instance-not-found',
    detail: `there is no instance ${id}; it may have been kept for its time and gone`,
  } as const);

export const noProject = (project: string) =>
  err({ code: 'project-not-found', detail: `there is no project ${project}` } as const);

type Filters = {
  readonly status?: readonly Instance['status'][] | undefined;
  readonly outcome?: readonly Instance['outcome'][] | undefined;
  readonly workflow?: string | undefined;
  readonly task?: string | undefined;
  readonly priority?: readonly Instance['priority'][] | undefined;
  readonly resourceGroup?: string | undefined;
  readonly kind?: readonly Instance['kind'][] | undefined;
  readonly paused?: boolean | undefined;
  readonly held?: boolean | undefined;
  readonly asked?: boolean | undefined;
};

const matches = (
  instance: Instance,
  { status, outcome, workflow, task, priority, resourceGroup, kind, paused, held, asked }: Filters,
): boolean =>
  (status === undefined || status.includes(instance.status)) &&
  (outcome === undefined || outcome.includes(instance.outcome)) &&
  (workflow === undefined || instance.workflow === workflow) &&
  (task === undefined || instance.task.toLowerCase().includes(task.toLowerCase())) &&
  (priority === undefined || priority.includes(instance.priority)) &&
  (resourceGroup === undefined || instance.resourceGroup === resourceGroup) &&
  (kind === undefined || kind.includes(instance.kind)) &&
  (paused === undefined || (instance.paused ?? instance.parked ?? false) === paused) &&
  (held === undefined || (instance.held !== undefined) === held) &&
  (asked === undefined || isAsked(instance) === asked);

/** An approval whose turn has come. */
const isAsked = ({ askedAt, status }: Instance): boolean =>
  askedAt !== undefined && status === 'WAIT_TIME';
