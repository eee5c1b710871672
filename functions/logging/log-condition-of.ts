import type * as z from 'zod';
import type { logFilter } from '../../shared/contracts/api/log-search.ts';
import type { ProblemField, Refusal } from '../../shared/contracts/api/problem.ts';
import { isoOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { LogCondition } from '../../shared/domain/log/log-condition.ts';
import { parseLogQuery } from '../../shared/domain/log/parse-log-query.ts';

export type LogFilter = z.output<z.ZodObject<typeof logFilter>>;

/** A page that was asked for when its beginning was just within retention may be read to its end. */
const graceSeconds = 3600;

/**
 * What a filter asks for. Refused with the field named: a range that is empty or begins before the logs that are kept, and
 * a content that cannot be read. `place` is where the filter stands in the call.
 */
export const logConditionOf = (
  filter: LogFilter,
  {
    now,
    retentionDays,
    place,
    goesOn = false,
  }: {
    readonly now: Instant;
    readonly retentionDays: number;
    readonly place: 'query' | 'body';
    /** A later page of a search that was accepted. */
    readonly goesOn?: boolean;
  },
): Result<LogCondition, Refusal & { readonly code: 'invalid-input' }> => {
  const from = isoOf(Date.parse(filter.from));
  const to = isoOf(Date.parse(filter.to));
  const kept = plusSeconds(now, -retentionDays * 86_400 - (goesOn ? graceSeconds : 60));
  const query = filter.text?.trim() ? parseLogQuery(filter.text) : undefined;
  const errors: ProblemField[] = [
    ...(from >= to ? [{ path: `${place}.to`, message: 'must be later than `from`' }] : []),
    ...(from < kept
      ? [
          {
            path: `${place}.from`,
            message: `reaches back more than ${retentionDays} days; older logs are gone`,
          },
        ]
      : []),
    ...(query?.ok === false ? [{ path: `${place}.text`, message: query.error }] : []),
  ];
  if (errors.length > 0)
    return err({
      code: 'invalid-input',
      detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
      errors,
    });
  const { level, workflow, task, run, version, operation, category } = filter;
  return ok({
    from,
    to,
    levels: level,
    workflows: workflow,
    tasks: task,
    ...(run ? { run } : {}),
    ...(version === undefined ? {} : { version }),
    ...(operation ? { operation } : {}),
    ...(category ? { category } : {}),
    ...(query?.ok ? { query: query.value } : {}),
  });
};
