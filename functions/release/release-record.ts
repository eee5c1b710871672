import type { StageInput } from '../../shared/contracts/stages.ts';
import { generationOf } from '../../shared/domain/run/generation-of.ts';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import type { StreamRecord } from '../edge/stream-handler.ts';
import { instanceOfItem } from '../stores/instance-item.ts';
import { askedExport, askedOperation, instanceIdOfKey } from '../stores/instances-table.ts';
import { requestOfItem } from '../stores/requests.ts';
import { type ReleaseDeps, releaseInstance } from './release-instance.ts';

export type RecordDeps = ReleaseDeps & {
  readonly startGeneration: (name: string, input: StageInput<'generate-plan'>) => Promise<void>;
  readonly startOperation: (name: string, input: StageInput<'bulk-run'>) => Promise<void>;
};

/** Serves one change of the instances table: a move wakes others, a new request begins what it asks for. */
export const releaseRecord =
  (deps: RecordDeps) =>
  async ({ eventName, keys, oldImage, newImage }: StreamRecord): Promise<void> => {
    if (!newImage) return;
    if (eventName === 'INSERT' && keys.pk.startsWith('REQ#'))
      return begin(deps, requestOfItem(newImage));
    const asked = eventName === 'INSERT' ? askedOperation(keys) : undefined;
    if (asked) return deps.startOperation(`${asked.operationId}-${asked.phase}`, asked);
    const wanted = eventName === 'INSERT' ? askedExport(keys) : undefined;
    if (wanted)
      return deps.startOperation(executionOf(wanted), {
        ...{ operationId: wanted.id, by: wanted.by, phase: 'export' },
      });
    if (instanceIdOfKey(keys) !== undefined)
      await releaseInstance(deps)(oldImage && instanceOfItem(oldImage), instanceOfItem(newImage));
  };

/** Names of executions bear neither colons nor blanks. */
const executionOf = ({ id }: { readonly id: string }): string =>
  `export-${id.replace(/[^\w.~-]/g, '')}`.replaceAll('~', '-');

const begin = async (deps: RecordDeps, request: OperationRequest): Promise<void> => {
  if (request.status === 'REQUESTED') await deps.startGeneration(request.id, generationOf(request));
};
