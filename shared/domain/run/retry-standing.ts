import { isFinal } from './fold-run.ts';
import type { RunStatus } from './run.schema.ts';

/** Why a run is not re-sent. */
type RetryRefusal = 'not-failed' | 'retry-active' | 'retry-succeeded';

/**
 * Whether a run may be retried by hand, `undefined` meaning yes: only after its final failure, one retry at a time, and
 * none after one that succeeded (workflows-and-logs B1.4). `latest` is the status of its latest retry.
 */
export const retryRefusal = (
  status: RunStatus,
  latest: RunStatus | undefined,
): RetryRefusal | undefined => {
  if (status !== 'FAILED') return 'not-failed';
  if (latest === undefined) return undefined;
  if (!isFinal(latest)) return 'retry-active';
  return latest === 'SUCCESS' ? 'retry-succeeded' : undefined;
};
