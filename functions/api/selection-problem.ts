import type * as z from 'zod';
import type { BulkRequest } from '../../shared/contracts/api/operation-routes.ts';
import { parseInstanceId, parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { refusalOf } from '../../shared/domain/instance/refusal-of.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { lifecycleRefusal } from './move-by-hand.ts';
import { noInstance } from './read-instances.ts';
import { requireRole } from './require-role.ts';

type Asked = z.output<typeof BulkRequest>;

/** What can be said against a request before anything is planned; undefined: nothing. */
export const selectionProblem = async (
  { instances, clock }: ApiStores,
  context: ApiContext,
  { downstream, filter, until, force = false }: Asked,
): Promise<RefusalOf<'planOperation'> | undefined> => {
  if (until !== undefined && until <= clock())
    return invalid('until', `must lie in the future; it is ${clock()}`);
  if (filter?.run !== undefined) {
    const run = parseRunId(filter.run);
    if (!run) return invalid('filter.run', 'is no run id');
    return requireRole(context, run.project, 'operator');
  }
  if (!downstream) return undefined;

  const { root, includeRoot } = downstream;
  const ref = parseInstanceId(root);
  const instance = ref && (await instances.find(root));
  if (!ref || !instance || ref.family === 'barrier') return noInstance(root).error;
  const denied = await requireRole(context, ref.project, 'operator');
  if (denied) return denied;
  const refusal = force || !includeRoot ? undefined : refusalOf(instance, 'rerun');
  return refusal && lifecycleRefusal(refusal);
};

const invalid = (field: string, message: string): RefusalOf<'planOperation'> => ({
  code: 'invalid-input',
  detail: `body.${field}: ${message}`,
  errors: [{ path: `body.${field}`, message }],
});
