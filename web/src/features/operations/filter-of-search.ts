import type { BulkRequest } from './operations.queries.ts';

type Filter = NonNullable<BulkRequest['filter']>;

/** The filters of a list of instances as they stand in its address; lists are comma-separated. */
type Search = Readonly<Partial<Record<string, string | undefined>>>;

/** The selection of all instances of a project and business date that a list shows, on whatever page. */
export const filterOfSearch = (
  { env, project, bizDate }: { env: 'prod' | 'dev'; project: string; bizDate: string },
  family: Filter['family'],
  { status, outcome, priority, workflow, task, owner, resourceGroup, paused }: Search,
): Filter => ({
  ...{ env, family, workflow, task, owner, resourceGroup },
  projects: [project],
  bizDate: { from: bizDate, to: bizDate },
  status: listOf<NonNullable<Filter['status']>[number]>(status),
  outcome: listOf<NonNullable<Filter['outcome']>[number]>(outcome),
  priority: listOf<NonNullable<Filter['priority']>[number]>(priority),
  paused: paused === undefined ? undefined : paused === 'true',
});

/** The API judges the values. */
const listOf = <T extends string>(text: string | undefined): T[] | undefined =>
  text === undefined || text === '' ? undefined : (text.split(',') as T[]);
