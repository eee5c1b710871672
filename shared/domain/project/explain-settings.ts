import { effectiveSettings } from './effective-settings.ts';
import type { RuntimeSettings, SettingsOverrides } from './runtime-settings.schema.ts';

/** Where a value comes from: nobody set it, or the nearest level that did. */
type SettingSource = 'default' | 'system' | 'project';

type ExplainedSetting<T> = {
  readonly value: T;
  readonly source: SettingSource;
  /** What holds when this level says nothing. */
  readonly inherited: T;
  readonly inheritedFrom: SettingSource;
};

export type ExplainedSettings = {
  readonly [K in keyof RuntimeSettings]: ExplainedSetting<RuntimeSettings[K]>;
};

/** Each setting with its inheritance. Without `project` the level that is looked at is the system. */
export const explainSettings = (
  system: SettingsOverrides,
  project?: SettingsOverrides,
): ExplainedSettings => {
  const builtIn = effectiveSettings({});
  const ofSystem = effectiveSettings(system);
  const value = effectiveSettings(system, project);
  const explain = <K extends keyof RuntimeSettings>(
    key: K,
  ): ExplainedSetting<RuntimeSettings[K]> => {
    const systemSource = system[key] === undefined ? 'default' : 'system';
    if (!project)
      return {
        value: value[key],
        source: systemSource,
        inherited: builtIn[key],
        inheritedFrom: 'default',
      };
    return {
      value: value[key],
      source: project[key] === undefined ? systemSource : 'project',
      inherited: ofSystem[key],
      inheritedFrom: systemSource,
    };
  };

  return {
    timeoutOneTimeRunSeconds: explain('timeoutOneTimeRunSeconds'),
    timeoutRecurringSeconds: explain('timeoutRecurringSeconds'),
    timeoutManualSeconds: explain('timeoutManualSeconds'),
    retryCount: explain('retryCount'),
    retryIntervalSeconds: explain('retryIntervalSeconds'),
    retryOnTimeout: explain('retryOnTimeout'),
  };
};
