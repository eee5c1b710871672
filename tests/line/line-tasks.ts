import { instanceIdOf } from '../../shared/domain/instance/instance-id.ts';
import type { TaskInput } from '../../shared/testing/a-task.ts';
import type { Line } from './start-line.ts';

/** A task that needs an attempt; the simulated machine decides what becomes of it. */
export const work = (name: string, more: Partial<TaskInput> = {}): TaskInput =>
  ({ name, kind: 'http', url: 'https://work.example', ...more }) as TaskInput;

/** The id of a recurring instance; `wf/task` or `wf/task/index`. */
export const recurring = (
  path: string,
  { bizDate = '2026-11-19', env = 'prod' as 'prod' | 'dev', project = 'p', cycle = 1 } = {},
): string => {
  const [workflow = '', task = '', index = '1'] = path.split('/');
  return instanceIdOf({
    ...{ env, project, workflow, task, bizDate, cycle },
    family: 'recurring',
    scope: '',
    index: Number(index),
  });
};

/** What became of the instances of a workflow: `task/index` to status, in order of due time. */
export const statuses = (line: Line, workflow: string, bizDate = '2026-11-19') =>
  Object.fromEntries(
    line.seen
      .instances()
      .filter((each) => each.workflow === workflow && each.bizDate === bizDate)
      .filter(({ family }) => family !== 'barrier')
      .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1))
      .map(({ task, index, status }) => [index === 1 ? task : `${task}/${index}`, status]),
  );
