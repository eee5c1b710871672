import type { WorkflowDefinition } from './definition.schema.ts';

/** What putting one definition in place of another changes; fields by name. */
type DefinitionChanges = {
  /** Fields of the workflow itself. */
  readonly workflow: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly task: string; readonly fields: readonly string[] }[];
};

/** Compares task by task; neither the order of tasks nor that of the keys in an object counts. */
export const diffDefinitions = (
  before: WorkflowDefinition,
  after: WorkflowDefinition,
): DefinitionChanges => {
  const { tasks: oldTasks, ...oldHead } = before;
  const { tasks: newTasks, ...newHead } = after;
  const was = new Map(oldTasks.map((task) => [task.name, task]));
  const is = new Set(newTasks.map(({ name }) => name));

  return {
    workflow: changedFields(oldHead, newHead),
    added: newTasks.filter(({ name }) => !was.has(name)).map(({ name }) => name),
    removed: oldTasks.filter(({ name }) => !is.has(name)).map(({ name }) => name),
    changed: newTasks.flatMap((task) => {
      const old = was.get(task.name);
      const fields = old ? changedFields(old, task) : [];
      return fields.length > 0 ? [{ task: task.name, fields }] : [];
    }),
  };
};

const changedFields = (a: object, b: object): readonly string[] => {
  const left: Readonly<Record<string, unknown>> = { ...a };
  const right: Readonly<Record<string, unknown>> = { ...b };
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (field) => canonical(left[field]) !== canonical(right[field]),
  );
};

const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
