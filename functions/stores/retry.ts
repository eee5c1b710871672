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

const outages = new Set([
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Sends until the engine neither throttles, nor reports a conflict with another transaction, nor is out of reach, at most
 * 10 times with full jitter. Then Fault 'StoreThrottled', 'StoreConflict' or 'StoreUnavailable', each worth a retry of
 * the whole stage. Any other error passes. What is sent must bear being done twice: a lost reply looks like an outage.
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
const transientOf = (
  error: unknown,
): 'StoreThrottled' | 'StoreConflict' | 'StoreUnavailable' | undefined => {
  if (!(error instanceof Error)) return undefined;
  const codes =
    error instanceof TransactionCanceledException
      ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
      : [error.name, 'code' in error ? String(error.code) : ''];

  if (codes.includes('ConditionalCheckFailed')) return undefined;
  if (codes.some((code) => throttles.has(code))) return 'StoreThrottled';
  if (codes.some((code) => conflicts.has(code))) return 'StoreConflict';
  if (codes.some((code) => outages.has(code))) return 'StoreUnavailable';
  return undefined;
};
