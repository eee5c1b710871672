import type { StageInput } from '../../shared/contracts/stages.ts';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import type { StreamRecord } from '../edge/stream-handler.ts';
import { instanceOfItem } from '../stores/instance-item.ts';
import { instanceIdOfKey } from '../stores/instances-table.ts';
import { requestOfItem } from '../stores/requests.ts';
import { type ReleaseDeps, releaseInstance } from './release-instance.ts';

export type RecordDeps = ReleaseDeps & {
  readonly startGeneration: (name: string, input: StageInput<'generate-plan'>) => Promise<void>;
};

/** Serves one change of the instances table: a move wakes others, a new request begins its generation. */
export const releaseRecord =
  (deps: RecordDeps) =>
  async ({ eventName, keys, oldImage, newImage }: StreamRecord): Promise<void> => {
    if (!newImage) return;
    if (eventName === 'INSERT' && keys.pk.startsWith('REQ#'))
      return beginGeneration(deps, requestOfItem(newImage));
    if (instanceIdOfKey(keys) !== undefined)
      await releaseInstance(deps)(oldImage && instanceOfItem(oldImage), instanceOfItem(newImage));
  };

const beginGeneration = async (deps: RecordDeps, request: OperationRequest): Promise<void> => {
  if (request.status !== 'REQUESTED') return;
  const { id, env, project, bizDate, at } = request;
  await deps.startGeneration(id, {
    generationId: id,
    requestId: id,
    env,
    project,
    bizDate,
    cutoffAt: request.kind === 'generate' ? request.cutoffAt : at,
    ...(request.kind === 'generate' && request.from ? { from: request.from } : {}),
  });
};
