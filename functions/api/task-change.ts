import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { TaskRow } from '../../shared/contracts/api/task-view.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { type FoundTask, findTask, noTask } from './find-task.ts';
import { type TaskPlace, taskRow } from './task-row.ts';
import { writeAudit } from './write-audit.ts';

export type Place = TaskPlace & { readonly task: string };

/** What any change of a task may be refused with. */
export type ChangeRefused = RefusalOf<'pauseTask'>;

type Noted = { readonly action: string; readonly comment?: string | undefined };

export type Decide<R extends Refusal> = (
  state: TaskState,
  found: FoundTask,
) => Result<TaskState, R> | Promise<Result<TaskState, R>>;

const tries = 5;

/**
 * Changes what operators set about a task: read, decide, write by revision, again when somebody was quicker; then the
 * entry in the operation log with the values before and after. Answers the task as it is now.
 */
export const changeTask = async <R extends Refusal>(
  stores: ApiStores,
  context: ApiContext,
  place: Place,
  { action, comment }: Noted,
  decide: Decide<R>,
): Promise<Result<FoundTask, R | ChangeRefused>> => {
  const { env, project, workflow, task } = place;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const found = await findTask(stores.catalog, place);
    if (!found) return noTask(place);
    const { rev, ...known } = found.state ?? { rev: undefined };
    const decided = await decide({ ...known, env, project, workflow, task }, found);
    if (!decided.ok) return decided;

    const changed = { ...decided.value, changedAt: stores.clock() };
    const saved = await stores.catalog.saveTaskState(changed, rev);
    if (!saved.ok) continue;
    await writeAudit(stores, context, {
      ...{ action, comment, project, env },
      object: objectOf(place),
      before: found.state,
      after: saved.value,
    });
    return ok({ ...found, state: saved.value });
  }
  return err({ code: 'changed-meanwhile', detail: `task ${task} keeps changing; try again` });
};

/** Name of a task in the operation log. */
export const objectOf = ({ project, workflow, task }: Place): string =>
  `task:${project}/${workflow}/${task}`;

/** The row of a changed task, as an answer. */
export const rowOf = async (
  { catalog, clock }: ApiStores,
  place: Place,
  changed: FoundTask,
): Promise<TaskRow> => taskRow(place, changed, await catalog.allHolds(), clock());
