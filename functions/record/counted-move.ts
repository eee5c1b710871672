import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Change } from '../../shared/domain/run/fold-run.ts';
import type { StreamRecord } from '../edge/stream-handler.ts';
import { instanceOfItem } from '../stores/instance-item.ts';
import { instanceIdOfKey } from '../stores/instances-table.ts';

/** A committed move as the stream tells it. */
export type CountedMove = Change & {
  readonly sequenceNumber: string;
  readonly seq: number;
  readonly before?: Instance | undefined;
  readonly instance: Instance;
};

/** Unreadable content of a record: it is set aside with the reason, and the stream goes on. */
export type PoisonRecord = {
  readonly sequenceNumber: string;
  readonly content: string;
  readonly error: string;
};

/**
 * The move of a record; undefined when the record is no move of an instance (an edge, an expiry, a count of passing
 * over).
 */
export const countedMoveOf = (record: StreamRecord): CountedMove | PoisonRecord | undefined => {
  const { keys, newImage, oldImage, sequenceNumber } = record;
  if (!newImage || instanceIdOfKey(keys) === undefined) return undefined;
  try {
    const instance = instanceOfItem(newImage);
    const before = oldImage && instanceOfItem(oldImage);
    if (before && before.seq === instance.seq) return undefined;
    const move = instance.moves.at(-1);
    return {
      instanceId: instance.id,
      from: before?.status,
      to: instance.status,
      fromOutcome: before?.outcome,
      outcome: instance.outcome,
      at: move?.at ?? instance.dueAt,
      version: instance.version,
      dueAt: instance.dueAt,
      actor: move?.actor,
      sequenceNumber,
      seq: instance.seq,
      before,
      instance,
    };
  } catch (error) {
    return {
      sequenceNumber,
      content: JSON.stringify(newImage).slice(0, 100_000),
      error: error instanceof Error ? error.message : String(error),
    };
  }
};
