import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { Backfill, BackfillSpec } from '../../shared/domain/backfill/backfill.schema.ts';
import { nextSubmission } from '../../shared/domain/backfill/submit-pending.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Role } from '../../shared/domain/project/project.schema.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import type { BackfillRefused } from '../backfill/resolve-backfill.ts';
import { rankOfRole, strongerOf } from '../edge/api-caller.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { requireRole } from './require-role.ts';

export type AskedBackfill = BackfillSpec & { readonly comment?: string | undefined };

type Codes =
  | 'project-not-found'
  | 'not-dev-prod'
  | 'forbidden'
  | 'invalid-input'
  | 'task-not-found'
  | 'too-many-tasks'
  | 'too-many-instances'
  | 'nothing-selected';
export type AskedRefused = Refusal & { readonly code: Codes };

/**
 * The backfill that a body asks for, as its caller may have it: pending until its time, or ready to be submitted. Tasks of
 * projects in which the caller is no operator cannot be roots (nodes-and-instances 3.4, semantics 5).
 */
export const backfillOfBody =
  ({ catalog, clock }: Pick<ApiStores, 'catalog' | 'clock'>, context: ApiContext) =>
  async (
    project: string,
    { comment: _, ...spec }: AskedBackfill,
    id: string,
  ): Promise<Result<Backfill, AskedRefused>> => {
    const found = await catalog.findProject(project);
    if (!found) return noProject(project);
    if (spec.env === 'dev' && found.mode === 'basic')
      return err({ code: 'not-dev-prod', detail: `project ${project} has no dev environment` });

    const { roots, tasks = [] } = spec.selection;
    const [first = ''] = roots;
    if (!first.startsWith(`${project}/`))
      return err({
        code: 'invalid-input',
        detail: `the first root, ${first}, is no task of project ${project}`,
        errors: [{ path: 'body.selection.roots[0]', message: `must be in project ${project}` }],
      });
    const projects = new Set([...roots, ...tasks].map((task) => task.split('/')[0] ?? ''));
    for (const each of projects) {
      const denied = await requireRole(context, each, 'operator');
      if (denied) return err(denied);
    }

    const now = clock();
    const { zone, dst } = found;
    const next = nextSubmission(spec, { zone, dst }, now);
    return ok({
      ...spec,
      ...{ id, project, zone, dst, owner: context.caller.user, createdAt: now, updatedAt: now },
      name: spec.name ?? defaultName(first, localDateAt(now, zone), id),
      operated: await operatedBy(catalog, context),
      ...(spec.when.kind === 'now'
        ? { state: 'submitted', submittedAt: now }
        : { state: 'pending', ...(next ? { nextAt: next.nextAt } : {}) }),
    });
  };

const codes = {
  'unknown-tasks': 'task-not-found',
  'too-many-tasks': 'too-many-tasks',
  'too-many-instances': 'too-many-instances',
  'nothing-selected': 'nothing-selected',
} as const satisfies Record<BackfillRefused['reason'], Codes>;

export const refusedSelection = ({ reason, message }: BackfillRefused) =>
  err({ code: codes[reason], detail: message } as const);

/** `task_runDate_n`; where a sequence would have to be counted, part of the id tells two of a day apart. */
const defaultName = (root: string, runDate: string, id: string): string =>
  `${root.split('/').at(-1)}_${runDate.replaceAll('-', '')}_${id.slice(0, 4)}`;

/** Where the caller may run tasks: everywhere, or in the projects that say so. */
const operatedBy = async (
  catalog: ApiStores['catalog'],
  { caller }: ApiContext,
): Promise<Backfill['operated']> => {
  const enough = (role: Role | undefined) => rankOfRole(role) >= rankOfRole('operator');
  if (enough(caller.role)) return 'all';
  const all = await catalog.allProjects();
  return all
    .filter(({ members }) =>
      enough(strongerOf(caller.role, members.find(({ user }) => user === caller.user)?.role)),
    )
    .map(({ name }) => name);
};
