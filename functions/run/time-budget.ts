import type { Host } from '../edge/lambda.ts';

const hostMarginMs = 2000;

/**
 * Milliseconds that the work of an attempt may take: a little less than its time-out and than what its host has left,
 * so that the work itself reports the time-out, with its log lines.
 */
export const timeBudgetMs = (timeoutSeconds: number, host: Host): number => {
  const own = timeoutSeconds * 1000;
  return Math.max(
    100,
    Math.min(own - Math.min(500, own / 10), host.getRemainingTimeInMillis() - hostMarginMs),
  );
};
