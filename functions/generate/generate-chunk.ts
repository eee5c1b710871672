import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { ChunkWork } from './chunk-work.schema.ts';
import { createPlanned } from './create-planned.ts';
import { fillChunk } from './fill-chunk.ts';
import { planChunk } from './plan-chunk.ts';
import type { PlanDeps } from './plan-deps.ts';

/** Creates the instances and edges of one chunk. Running it again creates what is still missing (N3). */
export const generateChunk =
  ({ catalog, instances, clock }: PlanDeps) =>
  async ({
    generationId,
    n,
  }: StageInput<'generate-chunk'>): Promise<StageOutput<'generate-chunk'>> => {
    const chunk = await instances.findChunk(generationId, n);
    if (!chunk) throw new Fault('RecordInvalid', 'chunk not found', { generationId, n });

    const work = ChunkWork.parse(chunk.work);
    const plan =
      work.kind === 'backfill'
        ? await fillChunk({ catalog, instances }, work)
        : await planChunk(catalog, work);
    const done = await createPlanned(instances, plan, {
      at: clock(),
      actor: work.kind === 'day' ? 'system:generate' : work.actor,
      generationId,
    });
    await instances.finishChunk(generationId, n, done);
    return done;
  };
