import type { Instance, Status } from '../instance/instance.schema.ts';
import { isActive } from '../instance/lifecycle.ts';
import type { OccurrenceKind } from '../notice/occurrence.schema.ts';
import type { AlertCondition } from './alert-rule.schema.ts';

/** Something an instance came to by one move. */
export type TaskOccurrence = {
  readonly id: string;
  readonly kind: Extract<
    OccurrenceKind,
    'task-failed' | 'task-succeeded' | 'auto-retried' | 'recovered'
  >;
  /** The condition of alert rules that it meets; `recovered` meets none. */
  readonly on?: Extract<AlertCondition['on'], 'error' | 'completed' | 'auto-retried'> | undefined;
};

/**
 * What one committed move of an instance is told as. A failure is one after the last automatic retry (N75), and not what
 * somebody terminated. What was skipped or only went through the motions tells nothing.
 */
export const taskOccurrences = (
  from: Status | undefined,
  instance: Instance,
): readonly TaskOccurrence[] => {
  const { id, seq, status, outcome, empty } = instance;
  if (from === status || empty !== undefined) return [];
  if (status === 'FAILED')
    return outcome === 'terminated'
      ? []
      : [{ kind: 'task-failed', on: 'error', id: `task-failed#${id}#${seq}` }];
  if (status === 'WAIT_TIME' && from !== undefined && isActive({ status: from }))
    return [{ kind: 'auto-retried', on: 'auto-retried', id: `auto-retried#${id}#${seq}` }];
  if (status !== 'SUCCESS') return [];

  const completed = outcome === 'ran' || outcome === 'set-by-hand';
  return [
    ...(completed
      ? [{ kind: 'task-succeeded', on: 'completed', id: `task-succeeded#${id}#${seq}` } as const]
      : []),
    ...(hasFailedBefore(instance)
      ? [{ kind: 'recovered', id: `recovered#${id}#${seq}` } as const]
      : []),
  ];
};

/**
 * Whether it had failed since it last succeeded. An instance keeps its last moves only; where older ones are gone, more
 * attempts than automatic retries explain say that somebody reran it. That may be a rerun of a success: whoever follows a
 * failure knows.
 */
const hasFailedBefore = ({ moves, attempt, autoRetries }: Instance): boolean => {
  const earlier = moves.slice(0, -1);
  const last = earlier.findLast(({ to }) => to === 'FAILED' || to === 'SUCCESS');
  if (last) return last.to === 'FAILED';
  const forgotten = (moves[0]?.seq ?? 1) > 1;
  return forgotten && attempt > autoRetries + 1;
};
