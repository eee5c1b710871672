import { asAsked } from '../../shared/domain/backfill/as-asked.ts';
import { planShare } from '../../shared/domain/backfill/plan-share.ts';
import type { Plan } from '../../shared/domain/generation/plan.ts';
import { merged } from '../../shared/domain/generation/plan-task.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { openFilling } from '../backfill/open-filling.ts';
import type { ChunkWork } from './chunk-work.schema.ts';
import type { PlanDeps } from './plan-deps.ts';

/** Plans the instances of a chunk of a backfill as it was resolved, and as operators have set its tasks. */
export const fillChunk = async (
  { catalog, instances }: Pick<PlanDeps, 'catalog' | 'instances'>,
  { backfill: id, shares, cutoffAt }: Extract<ChunkWork, { kind: 'backfill' }>,
): Promise<Plan> => {
  const [backfill, frozen] = await Promise.all([
    instances.findBackfill(id),
    instances.findBackfillPlan(id),
  ]);
  if (!backfill || !frozen) throw new Fault('RecordInvalid', 'backfill not found', { id });

  const [filling, states] = await Promise.all([
    openFilling(catalog, backfill, frozen),
    Promise.all(
      frozen.workflows.map(({ project, workflow }) =>
        catalog.taskStatesOf(backfill.env, project, workflow),
      ),
    ),
  ]);
  const set = new Map(
    states.flat().map((state) => [`${state.project}/${state.workflow}/${state.task}`, state]),
  );
  const plan = merged(shares.map((share) => planShare(filling, share, cutoffAt)));
  return {
    ...plan,
    instances: plan.instances.map((each) =>
      each.family === 'barrier'
        ? each
        : asAsked(each, set.get(`${each.project}/${each.workflow}/${each.task}`), backfill),
    ),
  };
};
