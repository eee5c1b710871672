import { decideItem, type ItemDecision } from '../../shared/domain/bulk/decide-item.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Role } from '../../shared/domain/project/project.schema.ts';
import { rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import { startedDependant } from '../stores/started-dependant.ts';
import type { BulkWork, RunDeps } from './bulk-deps.ts';

/**
 * What an operation does to an instance now: permission of its project, then the lifecycle, then whether something has
 * followed from what is to be undone. Asked for the plan, and again for the move.
 */
export const decideFor = async (
  { instances, clock }: RunDeps,
  { operation, ask, roleIn }: BulkWork,
  instance: Instance,
  isRoot: boolean,
): Promise<ItemDecision> => {
  const needed = roleFor(ask.parameters.priority);
  const role = await roleIn(instance.project);
  if (rankOfRole(role) < rankOfRole(needed))
    return {
      decide: 'refuse',
      reason: `it needs the role ${needed} in project ${instance.project}; ${operation.actor} has ${role ?? 'none'}`,
    };

  const { op, actor, comment } = operation;
  const { parameters, selection } = ask;
  const decision = decideItem(
    instance,
    {
      ...{ op, parameters, actor, comment, isRoot },
      range: selection.downstream?.range,
      undoes: op === 'undo' ? selection.of?.operation : undefined,
    },
    clock(),
  );
  if (op !== 'undo' || decision.decide !== 'move') return decision;
  const dependant = await startedDependant(instances, instance);
  return dependant
    ? { decide: 'refuse', reason: `${dependant} has started since; rerun it instead` }
    : decision;
};

/** Priorities above MIDDLE belong to administrators (spec/README 22). */
const roleFor = (priority: BulkWork['ask']['parameters']['priority']): Role =>
  priority !== undefined && rankOf(priority) > rankOf('MIDDLE') ? 'admin' : 'operator';
