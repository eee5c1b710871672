import { describe, expect, it } from 'vitest';
import { aTask } from '../../testing/a-task.ts';
import { anInstance } from '../../testing/an-instance.ts';
import { attemptLimits } from './attempt-limits.ts';
import { effectiveSettings } from './effective-settings.ts';

const generated = anInstance({
  kind: 'http',
  timeoutSeconds: 60,
  retries: { count: 1, intervalSeconds: 300, onTimeout: false, onLost: false },
});
const changed = effectiveSettings({
  timeoutRecurringSeconds: 40,
  timeoutManualSeconds: 41,
  timeoutOneTimeRunSeconds: 42,
  retryCount: 4,
  retryIntervalSeconds: 600,
  retryOnTimeout: true,
});
const http = aTask({ kind: 'http', url: 'u' });

describe('the limits of an attempt that is admitted now', () => {
  it('N84 follow the settings of this moment where nobody set anything for the task', () => {
    expect(attemptLimits(generated, http, {}, changed)).toEqual({
      timeoutSeconds: 40,
      retries: { count: 4, intervalSeconds: 600, onTimeout: true, onLost: false },
    });
  });

  it('N84 tell recurring instances, starts by hand and test runs apart', () => {
    const timeoutOf = (fields: object) =>
      attemptLimits({ ...generated, ...fields }, http, {}, changed).timeoutSeconds;
    expect(timeoutOf({ family: 'manual', scope: '0f3a' })).toBe(41);
    expect(timeoutOf({ family: 'manual', scope: 't-0f3a' })).toBe(42);
    expect(timeoutOf({ family: 'backfill', scope: 't-0f3a' })).toBe(40);
  });

  it('N85 leave what the definition or an operator set, each field for itself', () => {
    const named = { ...http, timeoutSeconds: 60, retries: { count: 1 } };
    expect(attemptLimits(generated, named, {}, changed)).toMatchObject({
      timeoutSeconds: 60,
      retries: { count: 1, intervalSeconds: 600 },
    });
    const set = { timeoutSeconds: 60, retries: { intervalSeconds: 300 } };
    expect(attemptLimits(generated, http, set, changed)).toMatchObject({
      timeoutSeconds: 60,
      retries: { count: 4, intervalSeconds: 300 },
    });
  });

  it('stay what they were for an automatic retry', () => {
    const { timeoutSeconds, retries } = generated;
    const limits = attemptLimits({ ...generated, autoRetries: 1 }, http, {}, changed);
    expect(limits).toEqual({ timeoutSeconds, retries });
  });
});
