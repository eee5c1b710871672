import type { TaskKind } from '../workflow/task.schema.ts';
import type { AlertRule } from './alert-rule.schema.ts';

type Watching = Pick<AlertRule, 'scope' | 'whitelist'>;

/** A task as a rule sees it. */
export type Watched = {
  readonly workflow: string;
  readonly task: string;
  readonly kind: TaskKind;
};

/** Whether a rule is about a task: it is named, or of the project and neither of another kind nor on the whitelist. */
export const ruleWatches = (
  { scope, whitelist }: Watching,
  { workflow, task, kind }: Watched,
): boolean => {
  if (scope.level === 'task')
    return scope.tasks.some((each) => each.workflow === workflow && each.task === task);
  if (scope.kinds !== undefined && !scope.kinds.includes(kind)) return false;
  return !whitelist.some(
    (left) => left.workflow === workflow && (left.task === undefined || left.task === task),
  );
};

/** Whether a rule may be about a task, or any of a workflow, whatever its kind: for lists. */
export const taskRuleWatches = (
  { scope, whitelist }: Watching,
  { workflow, task }: { readonly workflow: string; readonly task?: string | undefined },
): boolean => {
  if (scope.level === 'task')
    return scope.tasks.some(
      (each) => each.workflow === workflow && (task === undefined || each.task === task),
    );
  return !whitelist.some(
    (left) =>
      left.workflow === workflow &&
      (left.task === undefined || (task !== undefined && left.task === task)),
  );
};
