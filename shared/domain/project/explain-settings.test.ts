import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveSettings } from './effective-settings.ts';
import { explainSettings } from './explain-settings.ts';

const level = fc.record(
  {
    retryCount: fc.integer({ min: 0, max: 10 }),
    timeoutRecurringSeconds: fc.integer({ min: 36, max: 604_800 }),
    retryOnTimeout: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('settings explained', () => {
  it('name the nearest level that set a value, and what resetting it would give', () => {
    const { retryCount, retryIntervalSeconds, retryOnTimeout } = explainSettings(
      { retryCount: 3, retryIntervalSeconds: 60 },
      { retryCount: 5 },
    );
    expect([retryCount, retryIntervalSeconds, retryOnTimeout]).toEqual([
      { value: 5, source: 'project', inherited: 3, inheritedFrom: 'system' },
      { value: 60, source: 'system', inherited: 60, inheritedFrom: 'system' },
      { value: false, source: 'default', inherited: false, inheritedFrom: 'default' },
    ]);
    expect(explainSettings({ retryCount: 3 }).retryCount).toEqual({
      ...{ value: 3, source: 'system' },
      ...{ inherited: 1, inheritedFrom: 'default' },
    });
  });

  it('N85 agree with what holds, and resetting a level gives what was said to be inherited', () => {
    fc.assert(
      fc.property(level, level, (system, project) => {
        const explained = explainSettings(system, project);
        const effective = effectiveSettings(system, project);
        const reset = effectiveSettings(system, {});
        for (const [key, { value, inherited }] of Object.entries(explained)) {
          expect(value).toBe(effective[key as keyof typeof effective]);
          expect(inherited).toBe(reset[key as keyof typeof reset]);
        }
      }),
    );
  });
});
