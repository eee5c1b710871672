import type { BatchResult } from '../shared/contracts/api/common.ts';

/** What became of each item of a batch, one line each. */
export const batchText = ({ succeeded, skipped, failed }: BatchResult): string =>
  [
    ...succeeded.map(({ id, run }) => `${id}: ${run ? `new run ${run}` : 'done'}`),
    ...skipped.map(({ id, reason }) => `${id}: skipped, ${reason}`),
    ...failed.map(({ id, error }) => `${id}: failed, ${error}`),
  ].join('\n');
