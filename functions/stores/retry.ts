import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Fault } from '../../shared/domain/kernel/fault.ts';

const attempts = 10;
const baseMs = 15;
const capMs = 800;

const throttles = new Set([
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);
const conflicts = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/**
 * Sends until the engine neither throttles nor reports a conflict with another transaction, at most 10 times with full
 * jitter. Then Fault 'StoreThrottled' or 'StoreConflict', both worth a retry of the whole stage. Any other error passes.
 */
export const withRetry = async <T>(send: () => Promise<T>, what: string): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const fault = transientOf(error);
      if (!fault) throw error;
      if (attempt === attempts)
        throw new Fault(fault, `${what}: gave up after ${attempts} tries`, {}, { cause: error });
      await pause(attempt);
    }
  }
};

/** Waits before try `attempt + 1`: up to 15 ms at first, doubling to 800 ms, random so that rivals spread. */
export const pause = (attempt: number): Promise<void> =>
  sleep(Math.random() * Math.min(capMs, baseMs * 2 ** attempt));

/** Whether waiting may help; a cancellation with a failed condition is an answer, not a failure. */
const transientOf = (error: unknown): 'StoreThrottled' | 'StoreConflict' | undefined => {
  if (!(error instanceof Error)) return undefined;
  const codes =
    error instanceof TransactionCanceledException
      ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
      : [error.name];

  if (codes.includes('ConditionalCheckFailed')) return undefined;
  if (codes.some((code) => throttles.has(code))) return 'StoreThrottled';
  if (codes.some((code) => conflicts.has(code))) return 'StoreConflict';
  return undefined;
};
