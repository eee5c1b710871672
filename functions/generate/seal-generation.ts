import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { cutoffOf } from '../../shared/domain/generation/due-days.ts';
import type { RequestResult } from '../../shared/domain/run/request.schema.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import type { PlanDeps } from './plan-deps.ts';

export type SealDeps = PlanDeps & {
  readonly ledger: LedgerStore;
  readonly announce: (event: EventOut) => Promise<void>;
};

/**
 * Ends a generation: adds up its chunks, answers the request, announces it, and writes the line of the schedule ledger
 * that the sentinel looks for. The line is last: without it the generation is done again.
 */
export const sealGeneration =
  ({ catalog, instances, ledger, clock, announce }: SealDeps) =>
  async (input: StageInput<'generate-seal'>): Promise<StageOutput<'generate-seal'>> => {
    const { generationId, env, project, bizDate, cutoffAt, requestId } = input;
    const chunks = await instances.chunksOfGeneration(generationId);
    const result = chunks.reduce<RequestResult>(
      (sum, { done }) => ({
        instances: sum.instances + (done?.instances ?? 0),
        edges: sum.edges + (done?.edges ?? 0),
        existing: sum.existing + (done?.existing ?? 0),
      }),
      { instances: 0, edges: 0, existing: 0 },
    );
    const finishedAt = clock();
    const request = requestId ? await instances.findRequest(requestId) : undefined;

    if (request?.kind === 'backfill')
      await announce({
        type: 'Backfill Started',
        detail: {
          schemaVersion: 1,
          id: `${request.backfill}#started`,
          ...{ env, project, at: finishedAt, backfill: request.backfill },
          instances: result.instances,
          existing: result.existing,
        },
      });
    if (request?.kind !== 'start' && request?.kind !== 'backfill') {
      await announce({
        type: 'Instances Generated',
        detail: {
          schemaVersion: 1,
          id: `${generationId}#generated`,
          ...{ env, project, bizDate, at: finishedAt },
          instances: result.instances,
          existing: result.existing,
        },
      });
      if (!requestId || (await isWholeDay(catalog, input))) {
        await ledger.beginGeneration({
          ...{ env, project, bizDate, cutoffAt, generationId },
          startedAt: finishedAt,
        });
        await ledger.finishGeneration({ env, project, bizDate }, generationId, {
          expected: result.instances + result.existing,
          created: result.instances,
          existing: result.existing,
          edges: result.edges,
          finishedAt,
        });
      }
    }
    if (requestId) await instances.finishRequest(requestId, { status: 'DONE', result, finishedAt });
    return result;
  };

/**
 * Whether what somebody asked for is all that the night would have generated: from the first cycle on, and after the
 * day's own cut-off, because what is published until then belongs to it.
 */
const isWholeDay = async (
  catalog: PlanDeps['catalog'],
  { project, bizDate, cutoffAt, from }: StageInput<'generate-seal'>,
): Promise<boolean> => {
  const zone = (await catalog.findProject(project))?.zone;
  return from === undefined && zone !== undefined && cutoffAt >= cutoffOf(bizDate, zone);
};
