import type { Instance } from '../instance/instance.schema.ts';

/** Begins the scope of a manual retry, so that the id of the run says what it is (workflows-and-logs B1.4). */
export const retryScopePrefix = 'r-';

export const isRetryRun = ({ family, scope }: Pick<Instance, 'family' | 'scope'>): boolean =>
  family === 'manual' && scope.startsWith(retryScopePrefix);
