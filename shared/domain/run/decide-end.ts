import type { Instance, Outcome } from '../instance/instance.schema.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** How the execution of an attempt came to its end. `error` is one line for people. */
export type Ending =
  | { readonly how: 'succeeded' }
  | { readonly how: 'failed' | 'timed-out' | 'lost'; readonly error: string };

/** The move that ends the attempt and what it sets. */
export type EndDecision =
  | { readonly move: 'succeed'; readonly outcome: 'ran' }
  | { readonly move: 'restart'; readonly error: string }
  | {
      readonly move: 'fail' | 'stopped' | 'lose';
      readonly outcome: Extract<
        Outcome,
        'failed' | 'timed-out' | 'terminated' | 'lost' | 'definition-missing'
      >;
      readonly error: string;
    }
  | {
      readonly move: 'retry';
      readonly retryAt: Instant;
      readonly autoRetries: number;
      readonly error: string;
    };

type Attempted = Pick<Instance, 'stopping' | 'retries' | 'autoRetries'>;

/**
 * What becomes of an instance whose attempt has ended (nodes-and-instances 8.2). A failure is retried while automatic
 * retries remain, a time-out or a lost execution only where the task says so. What a person terminated stays so and is
 * never retried, even when the work got through in the meantime; what was stopped to run again does so.
 */
export const decideEnd = (instance: Attempted, ending: Ending, now: Instant): EndDecision => {
  if (instance.stopping === 'terminate')
    return { move: 'stopped', outcome: 'terminated', error: 'terminated' };
  if (instance.stopping === 'rerun' || instance.stopping === 'force-rerun')
    return { move: 'restart', error: 'stopped to run again' };

  const end = instance.stopping === 'timeout' ? overdue(ending) : ending;
  if (end.how === 'succeeded') return { move: 'succeed', outcome: 'ran' };

  const { how, error } = end;
  if (mayRetry(instance, how))
    return {
      move: 'retry',
      retryAt: plusSeconds(now, instance.retries.intervalSeconds),
      autoRetries: instance.autoRetries + 1,
      error,
    };
  return { move: how === 'lost' ? 'lose' : 'fail', outcome: how, error };
};

/** Whoever was stopped for being out of time is timed out, whatever its execution says in the end. */
const overdue = (ending: Ending): Ending & { how: 'timed-out' } => ({
  how: 'timed-out',
  error: ending.how === 'timed-out' ? ending.error : 'stopped: out of time',
});

const mayRetry = (
  { retries, autoRetries }: Attempted,
  how: Exclude<Ending['how'], 'succeeded'>,
): boolean => {
  if (autoRetries >= retries.count) return false;
  if (how === 'timed-out') return retries.onTimeout;
  if (how === 'lost') return retries.onLost;
  return true;
};
