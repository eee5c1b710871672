import type { Outcome } from '../instance/instance.schema.ts';
import type { Run } from '../run/run.schema.ts';
import type { OccurrenceKind } from './occurrence.schema.ts';

/** Something a run came to. `id` is a function of the run, so however often it is seen it is one fact. */
export type RunOccurrence = {
  readonly id: string;
  readonly kind: Extract<OccurrenceKind, 'run-started' | 'run-succeeded' | 'run-failed'>;
};

/** Outcomes of instances that did something, or stand for it by somebody's word. */
const worked: readonly Outcome[] = [
  'ran',
  'set-by-hand',
  'failed',
  'timed-out',
  'lost',
  'definition-missing',
];

/**
 * What people may be told of a run by one step of its fold (workflows-and-logs A1.6): it began its first attempt, all of it
 * has succeeded, or it has failed for good. A run of which nothing ran, and one that was cancelled, tell nothing. A failure
 * is told once (W35), and again only when somebody has rerun part of it meanwhile.
 */
export const runOccurrences = (before: Run | undefined, after: Run): readonly RunOccurrence[] => {
  const { runId, status, outcomes, reruns = 0 } = after;
  const found: RunOccurrence[] = [];
  if (before?.beganAt === undefined && after.beganAt !== undefined)
    found.push({ kind: 'run-started', id: `run-started#${runId}` });
  if (status === before?.status || !worked.some((outcome) => (outcomes[outcome] ?? 0) > 0))
    return found;
  if (status === 'SUCCESS') found.push({ kind: 'run-succeeded', id: `run-succeeded#${runId}` });
  if (status === 'FAILED') found.push({ kind: 'run-failed', id: `run-failed#${runId}#${reruns}` });
  return found;
};
