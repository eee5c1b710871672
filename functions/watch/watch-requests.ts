import type { StageInput } from '../../shared/contracts/stages.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { generationOf } from '../../shared/domain/run/generation-of.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

export type RequestWatchDeps = {
  readonly instances: InstanceStore;
  readonly clock: Clock;
  readonly startGeneration: (name: string, input: StageInput<'generate-plan'>) => Promise<void>;
};

/** A request that is open after this long has lost its execution, or is large: doing it again creates what is missing. */
const lostSeconds = 300;

/**
 * Starts the generation of requests that nobody has answered again, under a name of its own for each try: an execution
 * that was aborted keeps its name.
 */
export const watchRequests = async ({
  instances,
  clock,
  startGeneration,
}: RequestWatchDeps): Promise<number> => {
  const now = clock();
  const open = await instances.openRequests(plusSeconds(now, -lostSeconds));
  const round = Math.floor(Date.parse(now) / 1000 / lostSeconds);
  for (const request of open)
    await startGeneration(`${request.id}~${round}`, generationOf(request));
  return open.length;
};
