import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Occurrence, RuleRef } from '../../shared/domain/notice/occurrence.schema.ts';

type What = Pick<Occurrence, 'id' | 'kind'> & {
  readonly rules: readonly RuleRef[];
  readonly at: Instant;
  readonly owner: string | undefined;
  readonly detail?: Occurrence['detail'] | undefined;
};

/** The row that says what happened to an instance, with the facts that a message may name. */
export const occurrenceOfInstance = (
  instance: Instance,
  { owner, detail = {}, rules, ...what }: What,
): Occurrence => {
  const { env, project, workflow, task, runId, bizDate, dueAt, attempt } = instance;
  const { startedAt, endedAt, outcome, error } = instance;
  return {
    ...what,
    ...{ env, project, workflow, task, runId, instance: instance.id, bizDate, dueAt, attempt },
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(error === undefined ? {} : { error }),
    ...(owner === undefined ? {} : { owner }),
    detail,
    rules: [...rules],
  };
};
