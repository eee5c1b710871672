import { randomUUID } from 'node:crypto';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { LogExport } from '../../shared/domain/log/log-export.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { hashOf } from '../intake/request-run.ts';
import { type LogFilter, logConditionOf } from '../logging/log-condition-of.ts';
import type { WriteStores } from './api-stores.ts';
import { exportView } from './log-export-view.ts';
import { someLogScope } from './log-scope.ts';
import { systemProject, writeAudit } from './write-audit.ts';

/** Exports of one person that are being written at a time. */
const mostAtOnce = 3;
/** The machine gives up then; what has not ended by that time never will. */
const longestHours = 12;

/** Asking for an export: a record whose stream entry starts the job. It reads what the caller may read now. */
export const writeLogExports = (stores: WriteStores): Pick<ApiHandlers<'write'>, 'exportLogs'> => {
  const { instances, logs, clock } = stores;

  return {
    async exportLogs({ body: { format, ...filter } }, context) {
      const scope = await someLogScope(stores, filter.project, context);
      if (!scope.ok) return err(scope.error);
      const now = clock();
      const { retentionDays } = logs;
      const condition = logConditionOf(filter, { now, retentionDays, place: 'body' });
      if (!condition.ok) return err(condition.error);
      const by = context.caller.user;
      const since = plusSeconds(now, -longestHours * 3600);
      const open = (await instances.listExports(by)).filter(
        ({ endedAt, at }) => !endedAt && at > since,
      );
      if (open.length >= mostAtOnce)
        return err({
          code: 'too-many-exports',
          detail: `${open.length} of your exports are still being written; wait for one of them`,
        });

      const wanted: LogExport = {
        // Ids begin with their time, so that the newest comes first.
        id: `${now.slice(0, 10)}~${now.replace(/\D/g, '')}~${hashOf(context.idempotencyKey ?? randomUUID())}`,
        ...{ by, at: now, format, env: filter.env, projects: [...scope.value] },
        filter: textsOf(filter),
        ...{ status: 'REQUESTED', files: [] },
      };
      await instances.createExport(wanted);
      await writeAudit(stores, context, {
        action: 'export-logs',
        object: `export:${wanted.id}`,
        project: filter.project ?? systemProject,
        after: { format, filter: wanted.filter, projects: wanted.projects },
      });
      return ok(exportView(wanted));
    },
  };
};

/** The filter as a call gives it, lists joined by commas. */
const textsOf = (filter: LogFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : String(value)]],
    ),
  );
