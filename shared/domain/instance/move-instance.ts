import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { Attempt, Instance, Status } from './instance.schema.ts';
import { lastAttemptOf } from './last-attempt.ts';
import { isActive, isEnded, type MoveName, targetOf } from './lifecycle.ts';
import { type MoveRefused, refusalOf } from './refusal-of.ts';
import { undoneBy, undoOf } from './undo.ts';

export type MoveRequest = {
  readonly move: MoveName;
  readonly at: Instant;
  /** `system:<stage>` or the name of a person or client. */
  readonly actor: string;
  readonly reason?: string | undefined;
  /** The bulk operation that it is part of. */
  readonly operation?: string | undefined;
  /** What else the move sets; `undefined` clears a field. Status, seq and moves are the table's business. */
  readonly set?: Partial<Omit<Instance, 'id' | 'runId' | 'status' | 'seq' | 'moves'>> | undefined;
};

/** A decided move: the instance as it will be, to be written where the stored `seq` is still `expectedSeq`. */
export type MovedInstance = {
  readonly instance: Instance;
  readonly expectedSeq: number;
  /**
   * The record of the attempt that a later one will replace: written with a retry and a rerun, and when a person's word
   * replaces how it ended.
   */
  readonly superseded?: Attempt | undefined;
};

/**
 * Decides a move; nothing is written here. Leaving SUBMITTED or RUNNING clears what belongs to the attempt (token,
 * deadline, slots, stopping), so a terminal or waiting instance can hold no slot.
 */
export const moveInstance = (
  instance: Instance,
  { move, at, actor, reason, operation, set = {} }: MoveRequest,
): Result<MovedInstance, MoveRefused> => {
  const refusal = refusalOf(instance, move);
  if (refusal) return err(refusal);

  const from = instance.status;
  const to = targetOf(from, move) as Status;
  const seq = instance.seq + 1;
  const moved: Instance = {
    ...instance,
    undo: undoOf(instance, move, operation),
    ...effectOf(move, instance, at),
    ...set,
    status: to,
    seq,
  };
  const next: Instance = isActive({ status: to }) ? moved : { ...moved, ...noAttempt };
  const setsAside =
    isEnded(instance) && (move === 'rerun' || move === 'force-rerun' || move === 'set-success');

  return ok({
    instance: {
      ...next,
      ...(isEnded(next) ? { endedAt: next.endedAt ?? at, ...noWait } : {}),
      moves: [
        ...instance.moves,
        {
          ...{ seq, move, from, to, at, actor },
          ...(reason ? { reason } : {}),
          ...(operation ? { operation } : {}),
        },
      ],
    },
    expectedSeq: instance.seq,
    ...(setsAside ? { superseded: lastAttemptOf(instance) } : {}),
  });
};

const noAttempt: Partial<Instance> = {
  slots: [],
  token: undefined,
  deadlineAt: undefined,
  stopping: undefined,
};

const noWait: Partial<Instance> = {
  paused: undefined,
  parked: undefined,
  held: undefined,
  forced: undefined,
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
  wrote: undefined,
  taken: undefined,
  waitUntil: undefined,
  retryAt: undefined,
  askedAt: undefined,
  expiresAt: undefined,
  autoRetries: 0,
};

/** What a move sets by itself, beside the status. */
const effectOf = (move: MoveName, instance: Instance, at: Instant): Partial<Instance> => {
  switch (move) {
    case 'pause':
      return { paused: true, parked: true };
    case 'resume':
      return { paused: undefined, parked: undefined };
    case 'hold':
      return { parked: true };
    case 'unhold':
      return { held: undefined, parked: undefined };
    case 'park':
      return { parked: true };
    case 'unpark':
      return { parked: undefined };
    case 'rerun':
      return { ...anew, forced: undefined };
    case 'force-rerun':
      return isActive(instance) ? { stopping: 'force-rerun' } : { ...anew, ...forced };
    case 'restart':
      return { ...anew, ...(instance.stopping === 'force-rerun' ? forced : {}) };
    case 'ask':
      return { askedAt: at };
    case 'set-success':
      return { outcome: 'set-by-hand', error: undefined, endedAt: at };
    case 'approve':
      return { outcome: 'ran', startedAt: instance.askedAt };
    case 'reject':
      return { outcome: 'failed', startedAt: instance.askedAt };
    case 'undo':
      return undoneBy(instance);
    default:
      return {};
  }
};

/** Nothing above it counts any more; a slot, a pause and a hold still do. */
const forced: Partial<Instance> = { forced: true, waitingFor: undefined, parked: undefined };
