import type { Candidate } from '../../shared/domain/bulk/candidate.schema.ts';
import { isBarrier } from '../../shared/domain/bulk/choose-targets.ts';
import type { BulkOp } from '../../shared/domain/bulk/operation.schema.ts';
import type { PlanSummary } from '../../shared/domain/bulk/plan-summary.schema.ts';
import { perWorkflow } from '../../shared/domain/bulk/summarize-plan.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { allChildren } from './all-children.ts';
import type { PlanDeps } from './bulk-deps.ts';

/** Instances whose children are read: a number for people, so a bound is better than an exact one. */
const lookedAt = 2_000;
const atOnce = 16;
const shownWorkflows = 50;

/** What neither starts, stops nor keeps anybody from starting is felt by nobody below. */
const quiet: ReadonlySet<BulkOp> = new Set<BulkOp>(['set-priority', 'set-resource-group']);

/** How many instances hang below the targets at any depth, in whatever workflow and project, and are none themselves. */
export const countBelow = async (
  { instances }: PlanDeps,
  op: BulkOp,
  candidates: readonly Candidate[],
  targets: readonly Candidate[],
): Promise<PlanSummary['below']> => {
  if (quiet.has(op)) return { count: 0, more: false, byWorkflow: [] };
  const known = new Map(
    candidates.flatMap(({ id, children }) => (children ? [[id, children]] : [])),
  );
  const chosen = new Set(targets.map(({ id }) => id));
  const reached = new Set(chosen);
  let frontier = [...chosen];
  let looked = 0;

  while (frontier.length > 0 && looked < lookedAt) {
    const now = frontier.slice(0, lookedAt - looked);
    looked += now.length;
    const next = await inParallel(
      now,
      atOnce,
      async (id) => known.get(id) ?? (await allChildren(instances, id)),
    );
    const fresh = new Set(next.flat().filter((id) => !reached.has(id)));
    for (const id of fresh) reached.add(id);
    frontier = [...frontier.slice(now.length), ...fresh];
  }

  const below = [...reached].filter((id) => !chosen.has(id) && !isBarrier(id));
  return {
    count: below.length,
    more: frontier.length > 0,
    byWorkflow: perWorkflow(below).slice(0, shownWorkflows),
  };
};
