import type { Family } from '../instance/instance.schema.ts';
import { isTestRun } from '../run/test-scope.ts';
import type { Retries, Task, TaskKind } from '../workflow/task.schema.ts';
import { RuntimeSettings, type SettingsOverrides } from './runtime-settings.schema.ts';

type KindTimeout = { readonly defaultSeconds: number; readonly ceilingSeconds: number };

/**
 * Default and largest time-out of each kind that runs somewhere (design.md §5). Branch, noop and wait are gate times
 * and have none. The ceilings stay below the 15 minutes of a Lambda so that the worker itself can report the time-out.
 */
export const kindTimeouts: Readonly<Partial<Record<TaskKind, KindTimeout>>> = {
  lambda: { defaultSeconds: 900, ceilingSeconds: 900 },
  http: { defaultSeconds: 60, ceilingSeconds: 840 },
  sql: { defaultSeconds: 240, ceilingSeconds: 840 },
  check: { defaultSeconds: 240, ceilingSeconds: 840 },
};

/** Project over system over the built-in defaults; the task's own values win in `timeoutOf` and `retriesOf`. */
export const effectiveSettings = (
  system: SettingsOverrides,
  project: SettingsOverrides = {},
): RuntimeSettings => RuntimeSettings.parse({ ...given(system), ...given(project) });

/**
 * Seconds that one attempt of `task` may take: its own value, else the setting, capped by the kind (decision 18). A test
 * run has a setting of its own.
 */
export const timeoutOf = (
  task: Pick<Task, 'kind' | 'timeoutSeconds'>,
  settings: RuntimeSettings,
  family: Family,
  scope = '',
): number => {
  const setting = settings[settingOf(family, scope)];
  const kind = kindTimeouts[task.kind];

  if (!kind) return task.timeoutSeconds ?? setting;
  return Math.min(
    task.timeoutSeconds ?? Math.min(setting, kind.defaultSeconds),
    kind.ceilingSeconds,
  );
};

const settingOf = (family: Family, scope: string) => {
  if (family !== 'manual') return 'timeoutRecurringSeconds';
  return isTestRun({ family, scope }) ? 'timeoutOneTimeRunSeconds' : 'timeoutManualSeconds';
};

/** Automatic retries of `task`: its own values, each missing one from the settings. */
export const retriesOf = (task: Pick<Task, 'retries'>, settings: RuntimeSettings): Retries => ({
  count: task.retries?.count ?? settings.retryCount,
  intervalSeconds: task.retries?.intervalSeconds ?? settings.retryIntervalSeconds,
  onTimeout: task.retries?.onTimeout ?? settings.retryOnTimeout,
  onLost: task.retries?.onLost ?? false,
});

const given = (overrides: SettingsOverrides): SettingsOverrides =>
  Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
