import type { BulkOperation, OperationAsk } from '../../shared/domain/bulk/operation.schema.ts';
import type { Role } from '../../shared/domain/project/project.schema.ts';
import { strongerOf } from '../edge/api-caller.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { ViewStore } from '../stores/views-store.ts';

export type RunDeps = {
  readonly instances: InstanceStore;
  readonly catalog: CatalogStore;
  readonly clock: Clock;
};

export type PlanDeps = RunDeps & { readonly views: Pick<ViewStore, 'findDurations'> };

/** An operation with what was asked and what its actor may do. */
export type BulkWork = {
  readonly operation: BulkOperation;
  readonly ask: OperationAsk;
  readonly roleIn: (project: string) => Promise<Role | undefined>;
};

/** Reads what was asked; the actor's grants are those of now, not of when it was asked. */
export const loadWork = async (
  { instances, catalog }: RunDeps,
  operation: BulkOperation,
): Promise<BulkWork> => {
  const { id, actor, role } = operation;
  const known = new Map<string, Promise<Role | undefined>>();
  const roleIn = async (project: string) => {
    const members = (await catalog.findProject(project))?.members ?? [];
    return strongerOf(role, members.find(({ user }) => user === actor)?.role);
  };
  return {
    operation,
    ask: await instances.findAsk(id),
    roleIn: (project) => {
      const found = known.get(project) ?? roleIn(project);
      known.set(project, found);
      return found;
    },
  };
};
