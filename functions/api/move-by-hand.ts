import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { sourcesOf } from '../../shared/domain/instance/lifecycle.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import type { MoveRefused } from '../../shared/domain/instance/refusal-of.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { HandOperation } from '../../shared/domain/operation/instance-operation.schema.ts';
import { requestOfOperation } from '../../shared/domain/operation/request-of-operation.ts';
import { rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';

type Deps = Pick<ApiStores, 'instances' | 'clock'>;
type Moved = Result<Instance, RefusalOf<'pauseInstance'>>;

/** Somebody else's move may come in between; then it is decided anew on what is now. */
const tries = 6;

/**
 * An operator's move of one instance: decided by the lifecycle, written by condition. The move carries who and why; the
 * operation log entry follows from it in record. Permission for the project is the caller's business.
 */
export const moveByHand =
  ({ instances, clock }: Deps, context: ApiContext) =>
  async (id: string, operation: HandOperation): Promise<Moved> => {
    const ref = parseInstanceId(id);
    if (!ref || ref.family === 'barrier') return notFound(id);
    const refused =
      (await priorityRefusal(operation, ref.project, context)) ?? untilRefusal(operation, clock());
    if (refused) return err(refused);

    for (let attempt = 0; attempt < tries; attempt += 1) {
      const instance = await instances.find(id);
      if (!instance) return notFound(id);

      const request = requestOfOperation(instance, operation, clock(), context.caller.user);
      const moved = moveInstance(instance, request);
      if (!moved.ok) return err(lifecycleRefusal(moved.error));
      if ((await instances.commit(moved.value)) === 'committed') return ok(moved.value.instance);
    }
    return err({ code: 'changed-meanwhile', detail: `${id} keeps changing; try again` });
  };

/** The refusal of the lifecycle as the API says it. */
export const lifecycleRefusal = ({ message, from, move }: MoveRefused) => ({
  code: 'move-not-allowed' as const,
  detail: message,
  from,
  allowedFrom: [...sourcesOf(move)],
});

export const notFound = (id: string) =>
  err({ code: 'instance-not-found', detail: `there is no instance ${id}` } as const);

const priorityRefusal = async (
  { priority }: HandOperation,
  project: string,
  { roleIn }: ApiContext,
): Promise<RefusalOf<'pauseInstance'> | undefined> => {
  if (priority === undefined || rankOf(priority) <= rankOf('MIDDLE')) return undefined;
  if (rankOfRole(await roleIn(project)) >= rankOfRole('admin')) return undefined;
  return {
    code: 'forbidden',
    detail: `priority ${priority} needs the role admin; LOWEST, LOW and MIDDLE do not`,
  };
};

const untilRefusal = (
  { until }: HandOperation,
  now: Instant,
): RefusalOf<'pauseInstance'> | undefined => {
  if (until === undefined || until > now) return undefined;
  const message = `must lie in the future; it is ${now}`;
  return {
    code: 'invalid-input',
    detail: `body.until: ${message}`,
    errors: [{ path: 'body.until', message }],
  };
};
