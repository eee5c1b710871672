import type { WorkflowDefinition } from './definition.schema.ts';
import { type Dependency, dependenciesOf } from './dependencies-of.ts';
import { addressOf, addressText } from './task-address.ts';

/** A dependency between two tasks, each named in full: `project/workflow/task`. */
export type TaskLink = {
  readonly from: string;
  readonly to: string;
  readonly kind: Dependency['kind'];
};

/** Every dependency that a definition declares, with both ends named in full; each pair and kind once. */
export const taskLinks = (
  definition: Pick<WorkflowDefinition, 'workflow' | 'tasks'>,
  project: string,
): readonly TaskLink[] => {
  const links = dependenciesOf(definition).map(
    (dependency): TaskLink => ({
      from: addressText(addressOf(dependency, definition, { project })),
      to: addressText({ project, workflow: definition.workflow, task: dependency.child }),
      kind: dependency.kind,
    }),
  );
  return [...new Map(links.map((link) => [`${link.from} ${link.to} ${link.kind}`, link])).values()];
};
