import type { TaskKind } from '../workflow/task.schema.ts';

/** The event that the lines of a kind are about when no logger says more (spec/README decision 24, W58). */
const eventOf: Readonly<Partial<Record<TaskKind, string>>> = {
  lambda: 'function-invoked',
  http: 'request-sent',
  sql: 'statement-run',
  check: 'check-run',
};

/** The category of a line: its logger's, or the default event of the kind. */
export const categoryOf = (
  { category }: { readonly category?: string | undefined },
  kind: string,
): string => category ?? eventOf[kind as TaskKind] ?? 'task-run';
