import type { Candidate } from '../../shared/domain/bulk/candidate.schema.ts';
import { chooseTargets } from '../../shared/domain/bulk/choose-targets.ts';
import { mostTargets } from '../../shared/domain/bulk/operation.schema.ts';
import { summarizePlan } from '../../shared/domain/bulk/summarize-plan.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { chunksOf } from '../stores/batch-get.ts';
import type { BulkWork, PlanDeps } from './bulk-deps.ts';
import { countBelow } from './count-below.ts';
import { weighLoad } from './weigh-load.ts';

/** Items of a chunk: what one transaction counts. */
const chunkSize = 100;
const atOnce = 8;

/** Writes the items of an operation in the order of work, and what it would come to; the head says so last. */
export const writePlan = async (
  deps: PlanDeps,
  work: BulkWork,
  candidates: readonly Candidate[],
): Promise<void> => {
  const { instances, clock } = deps;
  const { operation, ask } = work;
  const { op, id } = operation;
  const chosen = chooseTargets(op, candidates, ask.selection.downstream);
  const refusal = refusalOfAll(candidates, chosen.targets.length, ask.selection.downstream);
  if (refusal) {
    await instances.refuseOperation(id, refusal, clock());
    return;
  }

  const plan = {
    ...summarizePlan(chosen),
    below: await countBelow(deps, op, candidates, chosen.targets),
    ...(await weighLoad(deps, op, chosen)),
  };
  const chunks = chunksOf(chosen.items, chunkSize);
  await inParallel([...chunks.entries()], atOnce, ([n, items]) =>
    instances.putOperationChunk(id, n, items, clock()),
  );
  await instances.planOperation(
    id,
    {
      plannedAt: clock(),
      chunks: chunks.length,
      total: plan.total,
      ineligible: plan.ineligible.count,
      projects: plan.byProject.map(({ project }) => project),
    },
    plan,
  );
};

/** A rerun of what hangs below begins with its root: when that may not run again, nothing does (nodes-and-instances 4.3). */
const refusalOfAll = (
  candidates: readonly Candidate[],
  targets: number,
  downstream: BulkWork['ask']['selection']['downstream'],
): string | undefined => {
  if (targets > mostTargets)
    return `it would be carried out on ${targets} instances; at most ${mostTargets} are allowed`;
  const root = downstream?.includeRoot ? candidates.find((each) => each.root) : undefined;
  return root?.refusal && `the root cannot run again: ${root.refusal}`;
};
