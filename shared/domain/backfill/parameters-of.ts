import type { Backfill } from './backfill.schema.ts';

/** What a backfill sets for a task: its own values for it win over those for all. */
export const parametersOf = (
  { parameters, taskParameters }: Pick<Backfill, 'parameters' | 'taskParameters'>,
  {
    project,
    workflow,
    task,
  }: { readonly project: string; readonly workflow: string; readonly task: string },
): Readonly<Record<string, string>> => ({
  ...parameters,
  ...taskParameters[`${project}/${workflow}/${task}`],
});
