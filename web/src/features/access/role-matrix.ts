import type { RouteContract } from '../../../../shared/contracts/api/route.ts';
import { routes } from '../../../../shared/contracts/api/routes.ts';
import { Role } from '../../../../shared/domain/project/project.schema.ts';

/** One call of the API and the least role that it asks for. */
export type MatrixRow = {
  readonly name: string;
  readonly summary: string;
  readonly tag: string;
  readonly least: RouteContract['role'];
  /** What counts: the role in a project or a group, groups only, or the role for each item. */
  readonly where: 'project' | 'system' | 'item';
};

const table: readonly (readonly [string, RouteContract])[] = Object.entries(routes);

/** Every call, in the order of the table that the API checks. Work on each item of a batch asks for an operator. */
export const matrix: readonly MatrixRow[] = table
  .map(
    ([name, { summary, tag, role, project, method }]): MatrixRow => ({
      ...{ name, summary, tag },
      least: project === 'each' && method !== 'GET' ? 'operator' : role,
      where: project === 'each' ? 'item' : project === 'system' ? 'system' : 'project',
    }),
  )
  .toSorted((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0));

/** Whether somebody with these roles may make the call; no role is somebody who has signed in. */
export const mayCall = (
  { least, where }: Pick<MatrixRow, 'least' | 'where'>,
  {
    inProject,
    everywhere,
  }: { readonly inProject?: Role | undefined; readonly everywhere?: Role | undefined },
): boolean => {
  if (least === 'public' || least === 'member') return true;
  const counts =
    where === 'system' ? rankOf(everywhere) : Math.max(rankOf(everywhere), rankOf(inProject));
  return counts >= rankOf(least);
};

const rankOf = (role: Role | undefined): number =>
  role === undefined ? -1 : Role.options.indexOf(role);
