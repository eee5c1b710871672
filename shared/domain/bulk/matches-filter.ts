import type { Instance } from '../instance/instance.schema.ts';
import type { OperationFilter } from './operation.schema.ts';

/**
 * Whether an instance meets every condition of a filter but its owner, whom only the catalog knows. Which project and
 * business date is the business of whoever lists.
 */
export const matchesFilter = (
  instance: Instance,
  {
    status,
    outcome,
    workflow,
    task,
    priority,
    resourceGroup,
    paused,
    held,
    scope,
  }: OperationFilter,
): boolean =>
  (status === undefined || status.includes(instance.status)) &&
  (outcome === undefined ||
    (instance.outcome !== undefined && outcome.includes(instance.outcome))) &&
  (workflow === undefined || instance.workflow === workflow) &&
  (task === undefined || instance.task.toLowerCase().includes(task.toLowerCase())) &&
  (priority === undefined || priority.includes(instance.priority)) &&
  (resourceGroup === undefined || instance.resourceGroup === resourceGroup) &&
  (paused === undefined || (instance.paused ?? false) === paused) &&
  (held === undefined || (instance.held !== undefined) === held) &&
  (scope === undefined || instance.scope === scope);

/**
 * What is wrong with a filter, by field; empty: nothing. One without a condition beyond environment, trigger and dates
 * is refused, because nobody means "everything" (what-users-ask-for 5).
 */
export const problemsOfFilter = ({
  env: _env,
  family: _family,
  bizDate,
  ...conditions
}: OperationFilter): { readonly path: readonly string[]; readonly message: string }[] => {
  const isEmpty = Object.values(conditions).every((value) => value === undefined);
  if (isEmpty)
    return [
      {
        path: [],
        message:
          'is empty: name at least one condition besides environment, family and dates, for example projects, workflow or status',
      },
    ];
  if (bizDate === undefined)
    return conditions.run === undefined
      ? [{ path: ['bizDate'], message: 'is needed: from and to, at most 31 days' }]
      : [];
  const days = (Date.parse(bizDate.to) - Date.parse(bizDate.from)) / 86_400_000 + 1;
  if (days < 1) return [{ path: ['bizDate', 'to'], message: 'must not be before from' }];
  return days > mostDays
    ? [{ path: ['bizDate'], message: `spans ${days} days; at most ${mostDays} are allowed` }]
    : [];
};

const mostDays = 31;
