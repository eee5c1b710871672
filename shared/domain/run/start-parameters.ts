import type { OperationRequest } from './request.schema.ts';

/** What a run was started with, as far as parameters go. */
export type StartParameters = Pick<
  Extract<OperationRequest, { kind: 'start' }>,
  'parameters' | 'taskParameters'
>;

/** What the start of a run sets for one of its tasks: values for it beat those for all. */
export const startParametersOf = (
  start: StartParameters | undefined,
  task: string,
): Readonly<Record<string, string>> => ({
  ...start?.parameters,
  ...start?.taskParameters?.[task],
});
