import { effectiveSettings } from '../../shared/domain/project/effective-settings.ts';
import { explainSettings } from '../../shared/domain/project/explain-settings.ts';
import type { SettingsOverrides } from '../../shared/domain/project/runtime-settings.schema.ts';

/** What one level sets, what holds and where it comes from. Without `project` the level is the system. */
export const settingsView = (
  rev: number,
  system: SettingsOverrides,
  project?: SettingsOverrides,
) => ({
  rev,
  overrides: project ?? system,
  effective: effectiveSettings(system, project),
  explained: explainSettings(system, project),
});
