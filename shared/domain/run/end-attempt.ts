import type { Attempt, Instance } from '../instance/instance.schema.ts';
import { type MovedInstance, moveInstance } from '../instance/move-instance.ts';
import type { MoveRefused } from '../instance/refusal-of.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { decideEnd, type EndDecision, type Ending } from './decide-end.ts';

/** What an attempt used, as far as anybody measured it. */
type AttemptUsage = Pick<Attempt, 'allocatedMb' | 'usedMb' | 'cpuSeconds'>;

export type AttemptEnd = {
  /** A retried attempt is on record as failed; the last one is what its instance says (N25). */
  readonly moved: MovedInstance;
  readonly attempt: Attempt;
};

type EndedBy = {
  readonly at: Instant;
  readonly actor: string;
  readonly usage?: AttemptUsage | undefined;
  /** What it has written, if it succeeds. */
  readonly wrote?: Instance['wrote'];
};

/**
 * Ends the current attempt of an active instance by `decideEnd`: the move with everything that it sets, and what stays of
 * the attempt. The caller commits the move in one transaction that gives back the slots of `instance`.
 */
export const endAttempt = (
  instance: Instance,
  ending: Ending,
  by: EndedBy,
): Result<AttemptEnd, MoveRefused> =>
  recordEnd(instance, decideEnd(instance, ending, by.at), outcomeOf(instance, ending), by);

/** Fails the current attempt for good before any code ran: trying again would meet the same obstacle. */
export const failAttempt = (
  instance: Instance,
  { outcome, error }: { readonly outcome: 'failed' | 'definition-missing'; readonly error: string },
  by: EndedBy,
): Result<AttemptEnd, MoveRefused> =>
  recordEnd(instance, { move: 'fail', outcome, error }, outcome, by);

const recordEnd = (
  instance: Instance,
  end: EndDecision,
  outcomeOfRetried: Attempt['outcome'],
  { at, actor, usage = {}, wrote }: EndedBy,
): Result<AttemptEnd, MoveRefused> => {
  const { move, ...facts } = end;
  const error = end.move === 'succeed' ? undefined : end.error;
  const used = Object.keys(usage).length > 0 ? { usage } : {};
  const written = end.move === 'succeed' && wrote ? { wrote } : {};
  const set = end.move === 'restart' ? used : { error: undefined, ...facts, ...used, ...written };
  const moved = moveInstance(instance, { move, at, actor, reason: error, set });
  if (!moved.ok) return moved;

  const attempt: Attempt = {
    attempt: instance.attempt,
    status: end.move === 'succeed' ? 'SUCCESS' : 'FAILED',
    outcome: 'outcome' in end ? end.outcome : outcomeOfRetried,
    codeVersion: instance.codeVersion,
    submittedAt: instance.submittedAt ?? at,
    startedAt: instance.startedAt,
    endedAt: at,
    error,
    ...(end.move === 'retry' ? { retried: true } : {}),
    ...usage,
  };
  return ok({
    moved: 'outcome' in end ? moved.value : { ...moved.value, superseded: attempt },
    attempt,
  });
};

const outcomeOf = ({ stopping }: Instance, { how }: Ending): Attempt['outcome'] => {
  if (stopping === 'timeout') return 'timed-out';
  if (stopping) return 'terminated';
  return how === 'succeeded' ? 'ran' : how;
};
