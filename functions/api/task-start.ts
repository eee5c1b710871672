import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { Start } from '../intake/request-run.ts';
import type { ApiStores } from './api-stores.ts';
import { findTask, noTask } from './find-task.ts';
import { startRun } from './start-run.ts';
import { objectOf, type Place } from './task-change.ts';

type Asked = Pick<Start, 'bizDate' | 'parameters' | 'comment'>;
type Started = { readonly run: string; readonly instance: string };

/**
 * Runs a task once, alone: one instance by hand, whose upstreams do not count (N60). A test run is the same with a mark
 * in its id.
 */
export const startTask = async (
  stores: ApiStores,
  context: ApiContext,
  place: Place,
  asked: Asked,
  { test }: { readonly test: boolean },
): Promise<Result<Started, RefusalOf<'runTask'>>> => {
  const { env, project, workflow, task } = place;
  const found = await findTask(stores.catalog, place);
  if (!found) return noTask(place);
  if (found.state?.undeployed)
    return err({
      code: 'not-online',
      detail: `${task} was undeployed; publish its workflow again to bring it back`,
    });

  const started = await startRun(
    stores,
    context,
    { project, workflow },
    {
      ...{ env, test, ...asked },
      tasks: [task],
      noted: { action: test ? 'test-run' : 'run', object: objectOf(place) },
    },
    context.idempotencyKey && `${task}\n${context.idempotencyKey}`,
  );
  if (!started.ok) return started;
  return ok({ run: started.value.run, instance: `${started.value.run}~${task}~1` });
};
