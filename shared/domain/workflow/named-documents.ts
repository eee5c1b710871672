import type { Key } from '../kernel/key.schema.ts';
import type { WorkflowDefinition } from './definition.schema.ts';

type Named = { readonly kind: 'calendar' | 'group'; readonly name: Key };

/** The calendars and resource groups that a definition names, each once: what may not be deleted while it stands. */
export const namedDocuments = ({ tasks }: Pick<WorkflowDefinition, 'tasks'>): readonly Named[] => {
  const calendars = new Set(tasks.flatMap(({ calendar }) => calendar ?? []));
  const groups = new Set(tasks.flatMap(({ resourceGroup }) => resourceGroup ?? []));
  return [
    ...[...calendars].map((name): Named => ({ kind: 'calendar', name })),
    ...[...groups].map((name): Named => ({ kind: 'group', name })),
  ];
};
