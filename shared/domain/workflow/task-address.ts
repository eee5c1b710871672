import type { Key } from '../kernel/key.schema.ts';
import type { Upstream } from './task.schema.ts';

/** A task, named in full. */
export type TaskAddress = { readonly project: Key; readonly workflow: Key; readonly task: Key };

/** The full address of an upstream: what it leaves out is the project and workflow it is written in. */
export const addressOf = (
  upstream: Pick<Upstream, 'task' | 'workflow' | 'project'>,
  { workflow }: { readonly workflow: Key },
  { project }: { readonly project: Key },
): TaskAddress => ({
  project: upstream.project ?? project,
  workflow: upstream.workflow ?? workflow,
  task: upstream.task,
});

export const addressText = ({ project, workflow, task }: TaskAddress): string =>
  `${project}/${workflow}/${task}`;
