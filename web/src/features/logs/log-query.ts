import type { LogLevel } from '../../../../shared/domain/log/log-line.schema.ts';
import type { TimeRange } from '../../../../shared/domain/log/time-presets.ts';
import type { Scope } from '../../ui/scope.ts';

/** Conditions of a search as people set them; lists are joined by commas. */
export type LogConditions = {
  readonly text?: string | undefined;
  readonly level?: string | undefined;
  readonly workflow?: string | undefined;
  readonly task?: string | undefined;
  readonly version?: string | undefined;
  readonly run?: string | undefined;
  readonly region?: string | undefined;
  readonly operation?: string | undefined;
  readonly category?: string | undefined;
};

/** What the API is asked: the scope of the header, a range, and the conditions that are not empty. */
export const logQueryOf = (
  { env, project }: Scope,
  range: TimeRange,
  conditions: LogConditions,
) => ({
  env,
  project,
  ...range,
  ...Object.fromEntries(
    Object.entries(conditions).flatMap(([name, value]) => {
      const trimmed = value?.trim();
      return trimmed ? [[name, trimmed]] : [];
    }),
  ),
});

export const isNarrowed = (conditions: LogConditions): boolean =>
  Object.values(conditions).some((value) => value !== undefined && value.trim() !== '');

export const logLevels: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];
