import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { checkOutputs } from '../../shared/domain/report/check-outputs.ts';
import { logGraceSeconds } from '../../shared/domain/report/may-report.ts';
import { loadCode } from '../admission/load-code.ts';
import { appendLines } from '../logging/append-lines.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { findReported, type ReportDeps, type ReportRefused } from './find-reported.ts';
import { hashOf } from './request-run.ts';

export type ReportResultDeps = ReportDeps & {
  readonly catalog: CatalogStore;
  readonly logs: LogStore;
};

export type ResultReport = {
  readonly instance: string;
  readonly attempt: number;
  readonly token?: string | undefined;
  readonly outputs?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly rows?: number | undefined;
  readonly error?: string | undefined;
  readonly at: Instant;
};

/**
 * Keeps what a running attempt came to; its end takes it into account. One that comes after the end changes nothing: it
 * leaves a line in the run log. `counts` says which it was.
 */
export const reportResult = (deps: ReportResultDeps) => {
  const codeOf = loadCode(deps.catalog, { clock: deps.clock, freshSeconds: 60 });

  return async ({
    instance: id,
    attempt,
    token,
    outputs,
    rows,
    error,
    at,
  }: ResultReport): Promise<Result<{ readonly counts: boolean }, ReportRefused>> => {
    const found = await findReported(deps, id, attempt, logGraceSeconds);
    if (!found.ok) return found;
    const { instance, phase } = found.value;
    if (phase === 'ended') {
      await appendLines(deps)({
        ...{ instance, attempt, batch: `late.${hashOf(at)}`, sentAt: at },
        lines: [
          {
            ...{ at, level: 'WARN', operation: 'finish' },
            text: `a result reported at ${at} came after the end and changed nothing`,
          },
        ],
      });
      return ok({ counts: false });
    }
    if (token !== undefined && token !== instance.token)
      return err({
        why: 'invalid-input',
        text: `token: is not that of the running attempt ${attempt} of ${id}; leave it out or send the one it was given`,
      });

    const { code } = await codeOf(instance, instance.codeVersion);
    const checked = checkOutputs(code?.task.outputs ?? [], outputs ?? {});
    if (!checked.ok) return err({ why: 'invalid-input', text: checked.error });
    const kept = await deps.instances.putResult(id, attempt, {
      at,
      ...(outputs ? { outputs: checked.value } : {}),
      ...(rows === undefined ? {} : { rows }),
      ...(error === undefined ? {} : { error }),
    });
    return kept
      ? ok({ counts: true })
      : err({
          why: 'invalid-input',
          text: `attempt: attempt ${attempt} of ${id} has reported another result before; the first one counts`,
        });
  };
};
