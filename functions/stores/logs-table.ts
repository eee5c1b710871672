import { parseInstanceId, runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { chunkLimits } from '../../shared/domain/log/cut-into-chunks.ts';
import { stripeOf, stripesUpTo } from './stripe.ts';
import type { ItemKey } from './table.ts';

/**
 * Logs table. A chunk of lines is two items: its body, found by run, and a small header, found by time.
 *
 * | access pattern                     | partition key          | sort key                                          |
 * | ---------------------------------- | ---------------------- | ------------------------------------------------- |
 * | lines of a run or an instance      | LOG#run#0..3           | at of the first line#task~index#attempt#chunk     |
 * | headers of a project, by time      | LOGX#env#project#0..3  | at of the first line#run#task~index#attempt#chunk |
 * | … of chunks that last over a minute | LOGX#env#project#L    | as above                                          |
 *
 * `chunk` is `batch.0000`; the number alone in items of version 1, which have no header. A search must look back from its
 * range as far as a chunk may last: a minute in the stripes, ten minutes only in L, where few are.
 */
export const logsTable = {
  body: (place: ChunkPlace): ItemKey => {
    const { runId, stripe, task, index } = placeOf(place.instance);
    return {
      pk: logsTable.run(runId, stripe),
      sk: `${place.at}#${task}~${index}#${place.attempt}#${place.chunk}`,
    };
  },
  run: (runId: string, stripe: number) => `LOG#${runId}#${stripe}`,
  header: (place: ChunkPlace, lastAt: Instant): ItemKey => {
    const { env, project, runId, stripe, task, index } = placeOf(place.instance);
    const isLong = Date.parse(lastAt) - Date.parse(place.at) > spansOf.stripe;
    return {
      pk: `LOGX#${env}#${project}#${isLong ? 'L' : stripe}`,
      sk: `${place.at}#${runId}#${task}~${index}#${place.attempt}#${place.chunk}`,
    };
  },
  /** The partitions of the headers of a project, each with the longest that a chunk in it lasts, in ms. */
  headers: (
    env: Env,
    project: string,
  ): readonly { readonly partition: string; readonly spanMs: number }[] => [
    ...stripesUpTo(logStripes).map((stripe) => ({
      partition: `LOGX#${env}#${project}#${stripe}`,
      spanMs: spansOf.stripe,
    })),
    { partition: `LOGX#${env}#${project}#L`, spanMs: spansOf.long },
  ],
} as const;

export const logStripes = 4;

/** Longest time from the first to the last line of a chunk, in ms. */
export const spansOf = { stripe: 60_000, long: chunkLimits.seconds * 1000 } as const;

/** Where a chunk stands: whose it is, its first instant and its name within the attempt. */
export type ChunkPlace = {
  readonly instance: string;
  readonly attempt: number;
  readonly at: Instant;
  readonly chunk: string;
};

/** Tells chunks apart within a request. */
export const chunkKeyOf = ({ instance, attempt, at, chunk }: ChunkPlace): string =>
  `${instance}#${attempt}#${at}#${chunk}`;

export const placeOf = (instanceId: string) => {
  const ref = parseInstanceId(instanceId);
  if (!ref) throw new Fault('InputInvalid', 'not an instance id', { id: instanceId });
  return { ...ref, runId: runIdOf(ref), stripe: stripeOf(instanceId, logStripes) };
};
