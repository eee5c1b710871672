import type { Attempt, Instance } from './instance.schema.ts';
import { isEnded, isWaiting } from './lifecycle.ts';

/**
 * The newest attempt as its instance tells it: the item of an instance is the record of its last attempt, so only those
 * that a later one replaces need an item of their own (design.md §4). Undefined before the first and between two, also
 * where the wait for the next one was ended: what ended then was no attempt.
 */
export const lastAttemptOf = (instance: Instance): Attempt | undefined => {
  const { attempt, submittedAt, status, usage, outcome } = instance;
  if (outcome === 'set-by-hand') return undefined;
  if (attempt === 0 || submittedAt === undefined || isWaiting(instance)) return undefined;
  if (isEnded(instance) && endedFromWait(instance)) return undefined;

  const { codeVersion, startedAt, endedAt, error } = instance;
  return {
    attempt,
    status,
    outcome,
    codeVersion,
    submittedAt,
    startedAt,
    endedAt,
    error,
    ...usage,
  };
};

const endedFromWait = ({ moves }: Instance): boolean => {
  const end = moves.findLast(
    ({ from, to }) => isEnded({ status: to }) && !(from && isEnded({ status: from })),
  );
  return end?.from !== undefined && isWaiting({ status: end.from });
};
