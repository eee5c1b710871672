import type { RunOperation } from '../../../../shared/contracts/api/run-operation-routes.ts';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';

export type RunRefusal = 'has-ended' | 'nothing-failed' | 'not-generated' | 'not-retryable';

/**
 * Why an operation leaves a run out (workflows-and-logs A1.2); undefined when it takes part. The API decides again: this
 * only saves people from asking for what cannot be.
 */
export const runRefusal = (
  {
    ended,
    total,
    failed,
    status,
    retryable,
  }: Pick<RunView, 'ended' | 'total' | 'failed' | 'status'> & Partial<Pick<RunView, 'retryable'>>,
  operation: RunOperation,
): RunRefusal | undefined => {
  if (operation === 'rerun') return undefined;
  if (operation === 'retry') return retryable ? undefined : 'not-retryable';
  if (total === 0) return 'not-generated';
  if (operation === 'set-success') return failed === 0 ? 'nothing-failed' : undefined;
  if (operation === 'rerun-failed')
    return failed === 0 && status !== 'CANCELLED' ? 'nothing-failed' : undefined;
  return ended === total ? 'has-ended' : undefined;
};
