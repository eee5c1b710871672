import { datedIdOf } from '../../shared/domain/alert/incident-id.ts';
import { ruleKeyOf } from '../../shared/domain/alert/rule-key.ts';
import type { Notice } from '../../shared/domain/notice/notice.schema.ts';
import type { Occurrence, RuleRef } from '../../shared/domain/notice/occurrence.schema.ts';
import type { Thread } from '../../shared/domain/notice/thread.schema.ts';

/** The notice of the `n`th message of a thread: the same whoever writes it. */
export const noticeIdOf = ({ env, project, openedAt, rule, thread }: Thread, n: number): string =>
  datedIdOf({ env, project, at: openedAt }, `${ruleKeyOf(rule)}\n${thread}\n${n}`);

/** The row that an occurrence has of its own: merged into a digest, or told to nobody. */
export const rowOf = (
  rule: RuleRef,
  occurrence: Occurrence,
  more: Pick<Notice, 'thread' | 'status'> &
    Pick<Partial<Notice>, 'why' | 'mergedInto' | 'incident'>,
): Notice => {
  const { id, env, project, at, kind, workflow, task, runId, instance, bizDate, error } =
    occurrence;
  return {
    id: datedIdOf({ env, project, at }, `${ruleKeyOf(rule)}\n${id}`),
    ...{ at, env, project, rule, kind, workflow, task, runId, instance, bizDate, error },
    ...{ reason: 'occurrence', occurrences: [id], count: 1, recipients: 0 },
    ...more,
  };
};
