import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { Attempt, Instance, Status } from './instance.schema.ts';
import { lastAttemptOf } from './last-attempt.ts';
import { isActive, isEnded, type MoveName, sourcesOf, targetOf } from './lifecycle.ts';

export type MoveRequest = {
  readonly move: MoveName;
  readonly at: Instant;
  /** `system:<stage>` or the name of a person or client. */
  readonly actor: string;
  readonly reason?: string | undefined;
  /** What else the move sets; `undefined` clears a field. Status, seq and moves are the table's business. */
  readonly set?: Partial<Omit<Instance, 'id' | 'runId' | 'status' | 'seq' | 'moves'>> | undefined;
};

/** A decided move: the instance as it will be, to be written where the stored `seq` is still `expectedSeq`. */
export type MovedInstance = {
  readonly instance: Instance;
  readonly expectedSeq: number;
  /** The record of the attempt that a later one will replace: written with a retry and a rerun. */
  readonly superseded?: Attempt | undefined;
};

export type MoveRefused = {
  readonly reason: 'move-not-allowed' | 'already-paused' | 'not-paused' | 'already-stopping';
  readonly from: Status;
  readonly move: MoveName;
  readonly message: string;
};

/**
 * Decides a move; nothing is written here. Leaving SUBMITTED or RUNNING clears what belongs to the attempt (token,
 * deadline, slots, stopping), so a terminal or waiting instance can hold no slot.
 */
export const moveInstance = (
  instance: Instance,
  { move, at, actor, reason, set = {} }: MoveRequest,
): Result<MovedInstance, MoveRefused> => {
  const refusal = refusalOf(instance, move);
  if (refusal) return err(refusal);

  const from = instance.status;
  const to = targetOf(from, move) as Status;
  const seq = instance.seq + 1;
  const moved: Instance = { ...instance, ...flagsOf(move), ...set, status: to, seq };
  const next: Instance = isActive({ status: to }) ? moved : { ...moved, ...noAttempt };

  return ok({
    instance: {
      ...next,
      ...(isEnded(next)
        ? { endedAt: next.endedAt ?? at, paused: undefined, parked: undefined, ...noWait }
        : {}),
      moves: [...instance.moves, { seq, move, from, to, at, actor, ...(reason ? { reason } : {}) }],
    },
    expectedSeq: instance.seq,
    ...(move === 'rerun' ? { superseded: lastAttemptOf(instance) } : {}),
  });
};

/** Why `move` is refused now; undefined when it is allowed. The console disables a button with this text. */
export const refusalOf = (
  instance: Pick<Instance, 'status' | 'paused' | 'stopping'>,
  move: MoveName,
): MoveRefused | undefined => {
  const refuse = (reason: MoveRefused['reason'], message: string): MoveRefused => ({
    reason,
    from: instance.status,
    move,
    message,
  });

  if (targetOf(instance.status, move) === undefined)
    return refuse(
      'move-not-allowed',
      `${move} is not allowed from ${instance.status}; it is allowed from ${sourcesOf(move).join(', ')}`,
    );
  if (move === 'pause' && instance.paused) return refuse('already-paused', 'it is already paused');
  if (move === 'resume' && !instance.paused) return refuse('not-paused', 'it is not paused');
  if ((move === 'terminate' || move === 'time-out') && instance.stopping)
    return refuse('already-stopping', 'it is already being stopped');
  return undefined;
};

const noAttempt: Partial<Instance> = {
  slots: [],
  token: undefined,
  deadlineAt: undefined,
  stopping: undefined,
};

const noWait: Partial<Instance> = {
  waitingFor: undefined,
  retryAt: undefined,
  passedOver: undefined,
};

/** A rerun begins anew: automatic retries count from nothing, and what the last end left is gone. */
const anew: Partial<Instance> = {
  outcome: undefined,
  startedAt: undefined,
  endedAt: undefined,
  error: undefined,
  usage: undefined,
  taken: undefined,
  waitUntil: undefined,
  expiresAt: undefined,
  autoRetries: 0,
};

const flagsOf = (move: MoveName): Partial<Instance> => {
  if (move === 'pause') return { paused: true, parked: true };
  if (move === 'resume') return { paused: undefined, parked: undefined };
  if (move === 'rerun') return anew;
  if (move === 'park') return { parked: true };
  if (move === 'unpark') return { parked: undefined };
  return {};
};
