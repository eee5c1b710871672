import type { BackfillRow } from '../../../../shared/contracts/api/backfill-view.ts';
import type { BackfillAction } from './backfills.queries.ts';

export type BackfillRefusal =
  | 'not-submitted'
  | 'not-pending'
  | 'has-ended'
  | 'nothing-failed'
  | 'is-paused'
  | 'not-paused';

/** Why an action is not offered (nodes-and-instances 4.4); undefined when it is. The API decides again. */
export const backfillRefusal = (
  { state, status, paused, counts }: Pick<BackfillRow, 'state' | 'status' | 'paused' | 'counts'>,
  action: BackfillAction,
): BackfillRefusal | undefined => {
  if (action === 'terminate' || action === 'rerun-failed') {
    if (state !== 'submitted') return 'not-submitted';
    if (action === 'rerun-failed') return (counts.FAILED ?? 0) > 0 ? undefined : 'nothing-failed';
    return status === 'SUCCESS' || status === 'FAILED' ? 'has-ended' : undefined;
  }
  if (state !== 'pending') return 'not-pending';
  if (action === 'pause') return paused ? 'is-paused' : undefined;
  if (action === 'resume') return paused ? undefined : 'not-paused';
  return undefined;
};
