import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ShownProgress } from '../../shared/domain/report/report.schema.ts';
import { findReported, type ReportDeps, type ReportRefused } from './find-reported.ts';

/** Keeps how far a running attempt is; false when something newer is known. */
export const reportProgress =
  (deps: ReportDeps) =>
  async (
    id: string,
    progress: ShownProgress,
  ): Promise<Result<{ readonly newest: boolean }, ReportRefused>> => {
    const found = await findReported(deps, id, progress.attempt, 0);
    if (found.ok && found.value.phase === 'running')
      return ok({ newest: await deps.instances.putProgress(id, progress) });
    if (!found.ok && found.error.why === 'instance-not-found') return found;
    return err({
      why: 'not-running',
      text: `attempt: attempt ${progress.attempt} of ${id} is not running; its progress is of no use any more`,
    });
  };
