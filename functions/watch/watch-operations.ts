import type { StageInput } from '../../shared/contracts/stages.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

export type OperationWatchDeps = {
  readonly instances: Pick<InstanceStore, 'openOperations'>;
  readonly clock: Clock;
  readonly startOperation: (name: string, input: StageInput<'bulk-run'>) => Promise<void>;
};

/** Whoever works on an operation gives a sign of life with each piece and each chunk: seconds apart. */
const lostSeconds = 90;

/**
 * Starts bulk operations again on which nobody has worked for a while, under a name of its own for each try: an
 * execution that was aborted keeps its name.
 */
export const watchOperations = async ({
  instances,
  clock,
  startOperation,
}: OperationWatchDeps): Promise<number> => {
  const now = clock();
  const silentSince = plusSeconds(now, -lostSeconds);
  const open = await instances.openOperations(silentSince);
  const lost = open.filter(
    ({ status, touchedAt }) =>
      (status === 'PLANNING' || status === 'RUNNING') && touchedAt <= silentSince,
  );
  const round = Math.floor(Date.parse(now) / 1000 / lostSeconds);
  for (const { id, status } of lost) {
    const phase = status === 'PLANNING' ? 'plan' : 'run';
    await startOperation(`${id}-${phase}~${round}`, { operationId: id, phase });
  }
  return lost.length;
};
