import type { RunView } from '../../shared/contracts/api/run-view.ts';
import { parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { retryRefusal } from '../../shared/domain/run/retry-standing.ts';
import type { RunStatus } from '../../shared/domain/run/run.schema.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { type exactRun, pendingRun } from './exact-run.ts';

type Deps = {
  readonly instances: InstanceStore;
  readonly exact: ReturnType<typeof exactRun>;
};

/** Where the manual retries of runs stand. */
export const retryViews = ({ instances, exact }: Deps) => {
  /** How runs stand that were asked for, whether they exist yet or not; those that are gone are left out. */
  const statusesOf = async (ids: readonly string[]): Promise<Map<string, RunStatus>> => {
    const found = await instances.findRuns(ids, { strong: true });
    const entries = await Promise.all(
      ids.map(async (id): Promise<[string, RunStatus] | undefined> => {
        const run = found.get(id);
        if (run) return [id, (await exact(run)).status];
        const ref = parseRunId(id);
        const request = ref && (await instances.findRequest(id));
        return ref && request?.kind === 'start' ? [id, pendingRun(request, ref).status] : undefined;
      }),
    );
    return new Map(entries.filter((entry) => entry !== undefined));
  };

  return {
    statusesOf,

    /**
     * The runs with what became of their retries (workflows-and-logs B1.4). A run that is a retry itself shows the latest
     * one of the run it repeats, unless that is this one.
     */
    async withRetries(views: readonly RunView[]): Promise<RunView[]> {
      const own = await instances.marksOf(
        views.filter(({ status }) => status === 'FAILED').map(({ run }) => run),
      );
      const roots = await instances.marksOf(
        [...own.values()].flatMap(({ root }) => (root === undefined ? [] : [root])),
      );
      const markOf = (run: string) => {
        const mark = own.get(run);
        return mark?.root === undefined ? mark : roots.get(mark.root);
      };
      const latest = new Set(views.flatMap(({ run }) => markOf(run)?.latest ?? []));
      const statuses = await statusesOf([...latest]);

      return views.map((view) => {
        if (view.status !== 'FAILED' || view.total === 0) return { ...view, retryable: false };
        const { latest: run, at, by, reason, count = 1 } = markOf(view.run) ?? {};
        const status = run === undefined ? undefined : (statuses.get(run) ?? 'FAILED');
        const isOther = run !== undefined && run !== view.run;
        return {
          ...view,
          retryable: retryRefusal(view.status, status) === undefined,
          ...(isOther && status && at && by
            ? { retry: { run, status, at, by, reason, count } }
            : {}),
        };
      });
    },
  };
};
