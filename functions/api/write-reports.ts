import type { RouteName } from '../../shared/contracts/api/routes.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { RefusalOf } from '../edge/api-route.ts';
import type { ReportRefused } from '../intake/find-reported.ts';
import { reportLog } from '../intake/report-log.ts';
import { reportProgress } from '../intake/report-progress.ts';
import { reportResult } from '../intake/report-result.ts';
import { tellLinesOf } from '../matching/tell-lines.ts';
import { tellWorld } from '../matching/tell-world.ts';
import type { WriteStores } from './api-stores.ts';

/** What the code of tasks tells of its attempts by a call. */
export const writeReports = (
  stores: WriteStores,
): Pick<ApiHandlers<'write'>, 'reportLog' | 'reportProgress' | 'reportResult'> => {
  const tellLines = tellLinesOf(tellWorld(stores), stores.ledger);
  const log = reportLog({ ...stores, tellLines });
  const progress = reportProgress(stores);
  const result = reportResult(stores);

  return {
    reportLog: async ({ params, body }) =>
      answer<'reportLog', { lines: number }>(
        await log({ ...params, ...body, sentAt: stores.clock() }),
      ),
    reportProgress: async ({ params: { instance, attempt }, body }) =>
      answer<'reportProgress', { newest: boolean }>(
        await progress(instance, { ...body, attempt, at: body.at ?? stores.clock() }),
      ),
    reportResult: async ({ params, body }) =>
      answer<'reportResult', { counts: boolean }>(
        await result({ ...params, ...body, at: stores.clock() }),
      ),
  };
};

const answer = <N extends RouteName, T>(done: Result<T, ReportRefused>): Result<T, RefusalOf<N>> =>
  done.ok ? ok(done.value) : err({ code: done.error.why, detail: done.error.text } as RefusalOf<N>);
