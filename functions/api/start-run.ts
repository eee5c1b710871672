import { err, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import { requestRun, type Start } from '../intake/request-run.ts';
import type { ApiStores } from './api-stores.ts';
import type { WorkflowPlace } from './change-record.ts';
import { noTask } from './find-task.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';

/** Asks for a run for the caller; the refusal in the words of the API. */
export const startRun = async (
  stores: ApiStores,
  { caller, requestId }: ApiContext,
  place: WorkflowPlace,
  start: Start,
  key: string | undefined,
): Promise<Result<{ readonly run: string }, RefusalOf<'startWorkflow'>>> => {
  const by = { user: caller.user, source: caller.source, requestId };
  const asked = await requestRun(stores)({ by, place, start, key, at: stores.clock() });
  if (asked.ok) return asked;
  switch (asked.error.why) {
    case 'no-project':
      return noProject(place.project);
    case 'no-workflow':
      return noWorkflow(place);
    case 'no-task':
      return noTask({ ...place, task: asked.error.task });
    case 'not-online':
      return err({
        code: 'not-online',
        detail: `${place.workflow} is not online in ${start.env}; put a published version online first`,
      });
  }
};
