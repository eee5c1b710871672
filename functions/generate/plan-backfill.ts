import type { StageInput } from '../../shared/contracts/stages.ts';
import type { BackfillPlan } from '../../shared/domain/backfill/backfill.schema.ts';
import type { DateShare } from '../../shared/domain/backfill/plan-share.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import { resolveBackfill } from '../backfill/resolve-backfill.ts';
import { instancesPerChunk } from './chunk-size.ts';
import type { ChunkWork } from './chunk-work.schema.ts';
import type { PlanDeps } from './plan-deps.ts';

/** Resolves a backfill once and for all, and cuts its dates into chunks; refuses the request when nothing can come of it. */
export const planBackfill = async (
  deps: PlanDeps,
  { env, project, bizDate, cutoffAt }: StageInput<'generate-plan'>,
  request: Extract<OperationRequest, { kind: 'backfill' }>,
): Promise<ChunkWork[]> => {
  const plan = await frozenPlan(deps, request.backfill, cutoffAt);
  if (!plan.ok) {
    await deps.instances.finishRequest(request.id, {
      status: 'REFUSED',
      reason: plan.error,
      finishedAt: deps.clock(),
    });
    return [];
  }
  const { backfill, actor } = request;
  return sharesOf(plan.value).map((shares) => ({
    kind: 'backfill',
    ...{ env, project, bizDate, cutoffAt, backfill, actor },
    shares,
  }));
};

const frozenPlan = async (
  deps: PlanDeps,
  id: string,
  now: string,
): Promise<Result<BackfillPlan, string>> => {
  const [backfill, before] = await Promise.all([
    deps.instances.findBackfill(id),
    deps.instances.findBackfillPlan(id),
  ]);
  if (!backfill) return err('the backfill is gone');
  if (before) return ok(before);
  const resolved = await resolveBackfill(deps)(backfill, now);
  return resolved.ok
    ? ok(await deps.instances.freezeBackfillPlan(backfill, resolved.value.plan))
    : err(resolved.error.message);
};

/** Small dates share a chunk, a large one is spread over several. */
const sharesOf = ({ dates }: BackfillPlan): DateShare[][] => {
  const chunks: { room: number; readonly shares: DateShare[] }[] = [];
  for (const [n, { instances }] of dates.entries())
    for (let from = 0; from < instances; ) {
      let chunk = chunks.at(-1);
      if (!chunk || chunk.room === 0) {
        chunk = { room: instancesPerChunk, shares: [] };
        chunks.push(chunk);
      }
      const to = Math.min(instances, from + chunk.room);
      chunk.shares.push({ n, from, to });
      chunk.room -= to - from;
      from = to;
    }
  return chunks.map(({ shares }) => shares);
};
