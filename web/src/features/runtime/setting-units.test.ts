import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingOfText, textOfSetting } from './setting-units.ts';

describe('settings as people type them', () => {
  it.each([
    ['timeoutRecurringSeconds', 172_800, '48'],
    ['timeoutRecurringSeconds', 36, '0.01'],
    ['retryIntervalSeconds', 300, '5'],
    ['retryCount', 3, '3'],
  ] as const)('%s: %i is %s', (name, stored, typed) => {
    expect(textOfSetting(name, stored)).toBe(typed);
    expect(settingOfText(name, typed)).toBe(stored);
  });

  it('hours of two decimals come back as they were typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16_800 }), (hundredths) => {
        const typed = String(hundredths / 100);
        const stored = settingOfText('timeoutManualSeconds', typed);
        expect(textOfSetting('timeoutManualSeconds', stored)).toBe(typed);
      }),
    );
  });

  it('no number is no setting', () => {
    expect(settingOfText('retryCount', ' ')).toBeNaN();
    expect(settingOfText('retryCount', 'two')).toBeNaN();
  });
});
