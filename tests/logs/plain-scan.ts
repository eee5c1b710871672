import { categoryOf } from '../../shared/domain/log/default-category.ts';
import { lineIdOf } from '../../shared/domain/log/line-id.ts';
import type { LogCondition } from '../../shared/domain/log/log-condition.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { matches } from '../../shared/domain/log/match-log-query.ts';
import { searchedTextOf } from '../../shared/domain/log/searched-text.ts';
import type { GeneratedBatch } from './generate-logs.ts';

/** A line with everything that a condition can ask about, nothing summarised. */
export type PlainLine = LogLine & {
  readonly id: string;
  readonly project: string;
  readonly workflow: string;
  readonly task: string;
  readonly run: string;
  readonly version: number;
  readonly kind: string;
};

export const plainLines = (batches: readonly GeneratedBatch[]): PlainLine[] =>
  batches.flatMap(({ instance, attempt, batch, chunks }) =>
    chunks.flatMap((lines, c) =>
      lines.map((line, n) => ({
        ...line,
        id: lineIdOf({
          instance: instance.id,
          attempt,
          at: lines[0]?.at ?? '',
          chunk: `${batch}.${String(c).padStart(4, '0')}`,
          n,
        }),
        project: instance.project,
        workflow: instance.workflow,
        task: instance.task,
        run: instance.runId,
        version: instance.version,
        kind: instance.kind,
      })),
    ),
  );

/** What a search has to find, line by line and oldest first: the documented semantics and nothing else. */
export const plainScan = (
  lines: readonly PlainLine[],
  projects: readonly string[],
  condition: LogCondition,
): PlainLine[] =>
  lines
    .filter(
      (line) =>
        projects.includes(line.project) &&
        line.at >= condition.from &&
        line.at < condition.to &&
        (!condition.levels || condition.levels.includes(line.level)) &&
        (!condition.workflows || condition.workflows.includes(line.workflow)) &&
        (!condition.tasks || condition.tasks.includes(line.task)) &&
        (!condition.run || condition.run === line.run) &&
        (!condition.version || condition.version === line.version) &&
        (!condition.operation || condition.operation === line.operation) &&
        (!condition.category || condition.category === categoryOf(line, line.kind)) &&
        (!condition.query || matches(condition.query, searchedTextOf(line))),
    )
    .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
