import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { StopResult } from '../../shared/contracts/api/workflow-routes.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import type { WorkflowPlace } from './change-record.ts';
import { stepsOf } from './change-run.ts';
import { moveByHand } from './move-by-hand.ts';

/** Runs looked at and instances moved by one call; the answer says when there is more. */
const runsLookedAt = 100;
const instancesMoved = 500;

/**
 * Ends the runs of a workflow that have begun or are due: what is on its way is terminated, what waits for its upstreams
 * is paused, because it cannot be terminated (spec/README 14). Runs that are due later are left alone.
 */
export const stopRuns = async (
  stores: ApiStores,
  context: ApiContext,
  { project, workflow }: WorkflowPlace,
  env: Env,
  comment: string | undefined,
): Promise<StopResult> => {
  const { instances, clock } = stores;
  const listed = await instances.listRuns({
    env,
    of: { project, workflow },
    limit: runsLookedAt,
    to: clock(),
  });
  const active = listed.items.filter((run) => isActiveRun(run, clock()));
  const found = await Promise.all(
    active.map(({ runId }) => instances.ofRun(runId, { strong: true })),
  );
  const chosen = stepsOf('stop', found.flat());
  const now = chosen.slice(0, instancesMoved);

  // A parent that ends must not wake a child that is about to be paused.
  const move = moveByHand(stores, context);
  const moveAll = (op: 'pause' | 'terminate') =>
    batch(
      now.flatMap((step) => (step.op === op ? step.id : [])),
      async (id) => {
        const moved = await move(id, { op, comment });
        return moved.ok ? { ok: true, value: {} } : moved;
      },
    );
  const paused = await moveAll('pause');
  const terminated = await moveAll('terminate');

  return {
    runs: active.map(({ runId }) => runId),
    terminated: terminated.succeeded.map(({ id }) => id),
    paused: paused.succeeded.map(({ id }) => id),
    failed: [...paused.failed, ...terminated.failed],
    more: listed.cursor !== undefined || now.length < chosen.length,
  };
};

/** Has begun and can go on, or is due. */
const isActiveRun = ({ status, counts, dueAt }: Run, now: Instant): boolean =>
  status === 'RUNNING' || (status === 'WAITING' && dueAt <= now) || counts.NOT_RUN > 0;

/** The refusal of a batch item that has nothing to stop. */
export const nothingToStop: Refusal & { readonly code: 'nothing-changed' } = {
  code: 'nothing-changed',
  detail: 'nothing to stop',
};
