import type { TaskKind } from '../workflow/task.schema.ts';

/** How long an attempt is expected to take. */
export type ExpectedDuration = { readonly seconds: number; readonly guessed: boolean };

/** What is assumed of a task that never ran: a guess, and marked as one wherever it is shown. */
const defaultSeconds: Readonly<Record<TaskKind, number>> = {
  lambda: 60,
  http: 10,
  sql: 30,
  check: 10,
  wait: 0,
  noop: 0,
  branch: 0,
  approval: 0,
};

/** The mean of the successful attempts of a task, else the default of its kind. */
export const expectedDuration = (
  kind: TaskKind,
  history: { readonly count: number; readonly sumSeconds: number } | undefined,
): ExpectedDuration =>
  history && history.count > 0
    ? { seconds: history.sumSeconds / history.count, guessed: false }
    : { seconds: defaultSeconds[kind], guessed: defaultSeconds[kind] > 0 };
