import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import type { DefinitionCache } from './definition-cache.ts';
import { instanceRow } from './instance-row.ts';
import { type HandOperation, moveByHand } from './move-by-hand.ts';
import { requireRole } from './require-role.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'pauseInstance'
  | 'resumeInstance'
  | 'terminateInstance'
  | 'rerunInstance'
  | 'setInstancePriority'
  | 'setInstanceResourceGroup'
  | 'batchInstances'
>;

type Moved = Result<Instance, RefusalOf<'pauseInstance'>>;

/** What operators do to instances. */
export const writeInstances = (stores: ApiStores, definitions: DefinitionCache): Writes => {
  const rowOf = async (moved: Moved) =>
    moved.ok ? ok(instanceRow(moved.value, await definitions.ownerOf(moved.value))) : moved;
  const move = async (id: string, operation: HandOperation, context: ApiContext) =>
    rowOf(await moveByHand(stores, context)(id, operation));
  const groupExists = async (name: string) =>
    name === defaultGroup || (await stores.catalog.findGroup(name)) !== undefined;

  return {
    pauseInstance: ({ params, body }, context) =>
      move(params.instance, { op: 'pause', ...body }, context),
    resumeInstance: ({ params, body }, context) =>
      move(params.instance, { op: 'resume', ...body }, context),
    terminateInstance: ({ params, body }, context) =>
      move(params.instance, { op: 'terminate', ...body }, context),
    rerunInstance: ({ params, body }, context) =>
      move(params.instance, { op: 'rerun', ...body }, context),
    setInstancePriority: ({ params, body }, context) =>
      move(params.instance, { op: 'set-priority', ...body }, context),

    async setInstanceResourceGroup({ params, body }, context) {
      if (!(await groupExists(body.resourceGroup))) return noGroup(body.resourceGroup);
      return move(params.instance, { op: 'set-resource-group', ...body }, context);
    },

    async batchInstances({ body: { ids, ...operation } }, context) {
      const { resourceGroup } = operation;
      if (resourceGroup !== undefined && !(await groupExists(resourceGroup)))
        return noGroup(resourceGroup);

      const moveOne = moveByHand(stores, context);
      return ok(
        await batch(ids, async (id) => {
          const project = parseInstanceId(id)?.project;
          const denied = project && (await requireRole(context, project, 'operator'));
          if (denied) return err(denied);
          const moved = await moveOne(id, operation);
          return moved.ok ? ok({}) : moved;
        }),
      );
    },
  };
};

/** The group of instances that name none; it needs no record and limits nothing without one. */
const defaultGroup = 'default';

export const noGroup = (name: string) =>
  err({ code: 'resource-group-not-found', detail: `there is no resource group ${name}` } as const);
