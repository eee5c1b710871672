import { ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { logGraceSeconds } from '../../shared/domain/report/may-report.ts';
import type { ReportedLine } from '../../shared/domain/report/report.schema.ts';
import { type AppendDeps, appendLines } from '../logging/append-lines.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { findReported, type ReportDeps, type ReportRefused } from './find-reported.ts';
import { hashOf } from './request-run.ts';

export type ReportLogDeps = ReportDeps & AppendDeps & { readonly logs: LogStore };

export type ReportedBatch = {
  readonly instance: string;
  readonly attempt: number;
  readonly batch: string;
  readonly lines: readonly ReportedLine[];
  /** When it was sent: the same each time it is delivered. */
  readonly sentAt: Instant;
};

/** Keeps lines that the code of a task wrote, once per batch. */
export const reportLog =
  (deps: ReportLogDeps) =>
  async ({
    instance: id,
    attempt,
    batch,
    lines,
    sentAt,
  }: ReportedBatch): Promise<Result<{ readonly lines: number }, ReportRefused>> => {
    const found = await findReported(deps, id, attempt, logGraceSeconds);
    if (!found.ok) return found;
    const { kept } = await appendLines(deps)({
      instance: found.value.instance,
      attempt,
      batch: `task.${hashOf(batch)}`,
      lines: lines.map(({ at = sentAt, operation = 'invoke', category, fields, ...line }) => ({
        ...{ ...line, at, operation },
        ...(category ? { category } : {}),
        ...(fields ? { fields } : {}),
      })),
      sentAt,
    });
    return ok({ lines: kept });
  };
