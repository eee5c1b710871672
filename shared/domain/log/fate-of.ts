import type { Attempt, Instance } from '../instance/instance.schema.ts';
import { isActive } from '../instance/lifecycle.ts';
import type { Fate } from './chunk-header.ts';
import type { Counts } from './level-counts.ts';

type Asked = Pick<Instance, 'status' | 'attempt' | 'autoRetries' | 'retries'>;

/**
 * Whether the ERROR lines of an attempt are failures for anybody but its instance (spec/README decisions 6 and 21, W61):
 * not while it runs and an automatic retry may follow, never once one does. `record` is what is kept of an attempt that
 * another replaced; where there is none, the instance is the record.
 */
export const fateOf = (
  attempt: number,
  instance: Asked | undefined,
  record: Pick<Attempt, 'retried'> | undefined,
): 'shown' | 'withheld' | 'superseded' => {
  if (record) return record.retried ? 'superseded' : 'shown';
  if (!instance || instance.attempt !== attempt || !isActive(instance)) return 'shown';
  return instance.autoRetries < instance.retries.count ? 'withheld' : 'shown';
};

/** What is known of a chunk's failures when it is written: most chunks have none, and most attempts no retry left. */
export const fateAtWriting = (attempt: number, instance: Asked, [, , , errors]: Counts): Fate => {
  if (errors === 0) return 'shown';
  if (instance.attempt !== attempt || !isActive(instance)) return 'pending';
  return fateOf(attempt, instance, undefined) === 'withheld' ? 'pending' : 'shown';
};
