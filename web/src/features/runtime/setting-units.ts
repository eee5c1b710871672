import type { SettingName } from './runtime.queries.ts';

/** How a setting is typed and read. */
type Unit = 'hours' | 'minutes' | 'times' | 'switch';

/** What a level says while it is edited: nothing (inherit), a text, or a switch. */
export type SettingDraft = string | boolean | undefined;

export const unitOf: Readonly<Record<SettingName, Unit>> = {
  timeoutOneTimeRunSeconds: 'hours',
  timeoutRecurringSeconds: 'hours',
  timeoutManualSeconds: 'hours',
  retryCount: 'times',
  retryIntervalSeconds: 'minutes',
  retryOnTimeout: 'switch',
};

export const settingNames = Object.keys(unitOf) as SettingName[];

const secondsPer = { hours: 3_600, minutes: 60, times: 1 } as const;

/** A stored number as it is typed: hours to two decimals, whole minutes. */
export const textOfSetting = (name: SettingName, value: number): string => {
  const unit = unitOf[name];
  return unit === 'switch' ? '' : String(Math.round((value / secondsPer[unit]) * 100) / 100);
};

/** What was typed as a stored number; NaN when it is none. */
export const settingOfText = (name: SettingName, text: string): number => {
  const unit = unitOf[name];
  if (text.trim() === '' || unit === 'switch') return Number.NaN;
  return Math.round(Number(text) * secondsPer[unit]);
};
