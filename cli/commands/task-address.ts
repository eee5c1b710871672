import type { Key } from '../../shared/domain/kernel/key.schema.ts';
import { CliError } from '../exit-code.ts';

/** The parts of `project/workflow/task`; a usage error when it is none. */
export const taskAddress = (
  id: string,
): { readonly project: Key; readonly workflow: Key; readonly task: Key } => {
  const [project, workflow, task, more] = id.split('/');
  if (!project || !workflow || !task || more !== undefined)
    throw new CliError('usage', 'usage', `${id} must be project/workflow/task`);
  return { project, workflow, task };
};
