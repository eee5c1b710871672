import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { settledStatus } from '../../shared/domain/run/settled-status.ts';
import type { WorldDeps } from './world-deps.ts';

/**
 * Whether nothing of these instances of one run can start or go on without a rerun. What is paused or held may go on, so
 * it is not over; what stands below a failure is.
 */
export const runIsOver =
  ({ catalog }: Pick<WorldDeps, 'catalog'>) =>
  async (instances: readonly Instance[]): Promise<boolean> => {
    const open = instances.filter((instance) => !isEnded(instance));
    const [first] = open;
    if (!first) return true;
    if (open.some(({ status }) => status !== 'NOT_RUN')) return false;

    const parents = await catalog.innerParents(first);
    if (!parents) return false;
    const standing = instances.map(({ task, status }) => ({ task, status }));
    return settledStatus('FAILED', parents, standing) === 'FAILED';
  };
