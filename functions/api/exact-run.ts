import type { RunView } from '../../shared/contracts/api/run-view.ts';
import type { RunRef } from '../../shared/domain/instance/instance-id.ts';
import { isFinal } from '../../shared/domain/run/fold-run.ts';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { settledStatus } from '../../shared/domain/run/settled-status.ts';
import { graphOf } from '../../shared/domain/workflow/graph.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

type Deps = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly definitions: DefinitionCache;
};

type StartRequest = Extract<OperationRequest, { kind: 'start' }>;

/**
 * A run with its exact status. The folded one speaks too early in two cases: while the instances of a start are still
 * being created, and while instances that no failure blocks have not begun. Both are looked at only when the fold says
 * that the run has ended.
 */
export const exactRun =
  (deps: Deps) =>
  async (run: Run): Promise<RunView> => {
    if (!isFinal(run.status)) return runView(run);
    if (run.family === 'manual' && !(await isComplete(deps.instances, run)))
      return runView({ ...run, status: 'RUNNING', endedAt: undefined });
    if (run.status === 'SUCCESS' || run.counts.NOT_RUN === 0) return runView(run);

    const status = await settle(deps, run);
    return runView(isFinal(status) ? run : { ...run, status, endedAt: undefined });
  };

/** A start that was accepted and not generated yet; one that was refused has failed with nothing done. */
export const pendingRun = (
  { runId, status, finishedAt, actor }: StartRequest,
  { env, project, workflow, family, bizDate, cycle }: RunRef,
): RunView => ({
  run: runId,
  ...{ env, project, workflow, family, bizDate, cycle },
  status: status === 'REFUSED' ? 'FAILED' : 'WAITING',
  total: 0,
  ended: 0,
  failed: 0,
  startedAt: null,
  endedAt: status === 'REFUSED' ? (finishedAt ?? null) : null,
  counts: {},
  retryable: false,
  startedBy: actor,
});

const isComplete = async (instances: InstanceStore, run: Run): Promise<boolean> => {
  const request = await instances.findRequest(run.runId);
  if (request?.kind !== 'start') return true;
  const { status, result } = request;
  return status !== 'REQUESTED' && (result?.instances ?? 0) + (result?.existing ?? 0) <= run.total;
};

const settle = async ({ catalog, instances, definitions }: Deps, run: Run) => {
  const { runId, project, workflow, version, status } = run;
  const content = await definitions.contentOf(project, workflow, version);
  const definition = content && (await catalog.definitionOf({ project, workflow, content }));
  if (!definition) return status;

  const { order, parents } = graphOf(definition);
  const inOrder = new Map(order.map((task) => [task, parents.get(task) ?? []]));
  return settledStatus(status, inOrder, await instances.ofRun(runId, { strong: true }));
};

const runView = ({ runId, startedAt, endedAt, ...run }: Run): RunView => ({
  ...run,
  run: runId,
  ended: run.counts.SUCCESS + run.counts.FAILED,
  failed: run.counts.FAILED,
  startedAt: startedAt ?? null,
  endedAt: endedAt ?? null,
  // What became of its retries is looked up beside it (retry-views.ts).
  retryable: false,
});
