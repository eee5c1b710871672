import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aTask } from '../../testing/a-task.ts';
import { effectiveSettings, kindTimeouts, retriesOf, timeoutOf } from './effective-settings.ts';
import { SettingsOverrides } from './runtime-settings.schema.ts';

const defaults = effectiveSettings({});

describe('runtime settings', () => {
  it('N84 default to 48 h, 2 h and 1 × 5 min', () => {
    expect(defaults).toEqual({
      timeoutOneTimeRunSeconds: 7_200,
      timeoutRecurringSeconds: 172_800,
      timeoutManualSeconds: 172_800,
      retryCount: 1,
      retryIntervalSeconds: 300,
      retryOnTimeout: false,
    });
  });

  it.each([
    { timeoutRecurringSeconds: 35 },
    { timeoutRecurringSeconds: 604_801 },
    { retryCount: 11 },
    { retryIntervalSeconds: 59 },
    { retryIntervalSeconds: 3_601 },
  ])('N84 refuses %j', (overrides) => {
    expect(SettingsOverrides.safeParse(overrides).success).toBe(false);
  });

  it('N85 takes the task before the project before the system', () => {
    const settings = effectiveSettings(
      { retryCount: 2, retryIntervalSeconds: 60, timeoutRecurringSeconds: 3_600 },
      { retryCount: 3, retryIntervalSeconds: undefined },
    );
    expect(retriesOf(aTask(), settings)).toMatchObject({ count: 3, intervalSeconds: 60 });
    expect(retriesOf(aTask({ retries: { count: 4 } }), settings)).toMatchObject({
      count: 4,
      intervalSeconds: 60,
      onTimeout: false,
      onLost: false,
    });
    expect(timeoutOf(aTask(), settings, 'recurring')).toBe(3_600);
  });

  it('caps the time-out by the default of the kind, and the task’s own by its ceiling', () => {
    const http = aTask({ kind: 'http', url: 'u' });
    const short = effectiveSettings({ timeoutRecurringSeconds: 36 });
    expect(timeoutOf(http, defaults, 'recurring')).toBe(60);
    expect(timeoutOf(http, short, 'recurring')).toBe(36);
    expect(timeoutOf({ ...http, timeoutSeconds: 600 }, defaults, 'recurring')).toBe(600);
    expect(timeoutOf({ ...http, timeoutSeconds: 9_999 }, defaults, 'recurring')).toBe(840);
  });

  it('tells starts by hand from the nightly ones', () => {
    const settings = effectiveSettings({ timeoutManualSeconds: 40 });
    const http = aTask({ kind: 'http', url: 'u' });
    expect(timeoutOf(http, settings, 'manual')).toBe(40);
    expect(timeoutOf(http, settings, 'recurring')).toBe(60);
  });

  it('never gives more than the ceiling', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('lambda', 'http', 'sql', 'check'),
        fc.option(fc.integer({ min: 1, max: 604_800 }), { nil: undefined }),
        fc.integer({ min: 36, max: 604_800 }),
        (kind, timeoutSeconds, setting) => {
          const settings = effectiveSettings({ timeoutRecurringSeconds: setting });
          const seconds = timeoutOf({ kind, timeoutSeconds }, settings, 'recurring');
          expect(seconds).toBeLessThanOrEqual(kindTimeouts[kind]?.ceilingSeconds ?? 0);
          expect(seconds).toBeGreaterThan(0);
        },
      ),
    );
  });
});
