import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { mostTargets } from '../../shared/domain/bulk/operation.schema.ts';
import type { Host } from '../edge/lambda.ts';
import type { Gathered } from '../stores/bulk-chunks.ts';
import { type BulkWork, loadWork, type PlanDeps } from './bulk-deps.ts';
import { gatherFilter } from './gather-filter.ts';
import { gatherGraph } from './gather-graph.ts';
import { gatherIds, gatherItems } from './gather-items.ts';
import { writePlan } from './write-plan.ts';

/** What a call keeps of its time for writing the plan; with less it lets the machine call again. */
const reserveMs = 50_000;

/** Looked at while planning; a filter or a graph that reaches further is refused. */
const mostCandidates = 2 * mostTargets;

/**
 * Finds the instances of an operation piece by piece, then writes down what would be done, in which order and to what
 * effect. Every piece is kept where it stays, so a call that dies, or two at once, lose nothing.
 */
export const planOperation =
  (deps: PlanDeps) =>
  async (
    { operationId: id, from }: StageInput<'bulk-plan'>,
    host: Host,
  ): Promise<StageOutput<'bulk-plan'>> => {
    const { instances, clock } = deps;
    const operation = await instances.findOperation(id);
    const output = { operationId: id, phase: 'plan', from, more: false } as const;
    if (operation?.status !== 'PLANNING') return output;

    const work = await loadWork(deps, operation);
    const pieces = await instances.gatheredOf(id);
    let found = pieces.reduce((sum, { candidates }) => sum + candidates.length, 0);
    while (pieces.length === 0 || pieces.at(-1)?.next !== undefined) {
      if (host.getRemainingTimeInMillis() < reserveMs) return { ...output, more: true };
      const piece = await gather(deps, work, pieces);
      pieces.push(await instances.keepGathered(id, pieces.length, piece, clock()));
      found += piece.candidates.length;
      await instances.touchOperation(id, clock());
      if (found > mostCandidates) {
        await instances.refuseOperation(id, tooMany, clock());
        return output;
      }
    }
    if (host.getRemainingTimeInMillis() < reserveMs) return { ...output, more: true };
    await writePlan(
      deps,
      work,
      pieces.flatMap(({ candidates }) => candidates),
    );
    return output;
  };

const tooMany = `it reaches more than ${mostCandidates} instances; narrow the selection`;

const gather = (deps: PlanDeps, work: BulkWork, pieces: readonly Gathered[]): Promise<Gathered> => {
  const { of, ids, downstream, filter } = work.ask.selection;
  if (of) return gatherItems(deps, work, of, pieces);
  if (downstream) return gatherGraph(deps, work, downstream, pieces);
  if (filter) return gatherFilter(deps, work, filter, pieces);
  return gatherIds(deps, work, ids ?? []);
};
