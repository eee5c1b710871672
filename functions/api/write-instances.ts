import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { HandOperation } from '../../shared/domain/operation/instance-operation.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { instanceRow } from './instance-row.ts';
import { moveByHand } from './move-by-hand.ts';
import { removeUpstreams } from './remove-upstreams.ts';
import { requireRole } from './require-role.ts';
import { undoByHand } from './undo-by-hand.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'pauseInstance'
  | 'resumeInstance'
  | 'holdInstance'
  | 'unholdInstance'
  | 'terminateInstance'
  | 'rerunInstance'
  | 'forceRerunInstance'
  | 'setInstanceSuccess'
  | 'approveInstance'
  | 'rejectInstance'
  | 'undoInstance'
  | 'removeInstanceUpstreams'
  | 'setInstancePriority'
  | 'setInstanceResourceGroup'
  | 'batchInstances'
>;

type OneOf = {
  readonly params: { readonly instance: string };
  readonly body: Omit<HandOperation, 'op'>;
};

/** What operators do to instances. */
export const writeInstances = (stores: ApiStores, definitions: DefinitionCache): Writes => {
  const groupExists = async (name: string) =>
    name === defaultGroup || (await stores.catalog.findGroup(name)) !== undefined;
  /** A route of one instance that does `op` with what its body says. */
  const does =
    (op: HandOperation['op']) =>
    async ({ params, body }: OneOf, context: ApiContext) => {
      const moved = await moveByHand(stores, context)(params.instance, { op, ...body });
      return moved.ok ? ok(await instanceRow(definitions, moved.value)) : moved;
    };

  return {
    pauseInstance: does('pause'),
    resumeInstance: does('resume'),
    holdInstance: does('hold'),
    unholdInstance: does('unhold'),
    terminateInstance: does('terminate'),
    rerunInstance: does('rerun'),
    forceRerunInstance: does('force-rerun'),
    setInstanceSuccess: does('set-success'),
    approveInstance: does('approve'),
    rejectInstance: does('reject'),
    setInstancePriority: does('set-priority'),

    async setInstanceResourceGroup({ params, body }, context) {
      if (!(await groupExists(body.resourceGroup))) return noGroup(body.resourceGroup);
      return does('set-resource-group')({ params, body }, context);
    },

    async undoInstance({ params, body }, context) {
      const moved = await undoByHand(stores, context)(params.instance, body.comment);
      return moved.ok ? ok(await instanceRow(definitions, moved.value)) : moved;
    },

    async removeInstanceUpstreams({ params, body }, context) {
      const moved = await removeUpstreams(stores, context)(params.instance, body);
      return moved.ok ? ok(await instanceRow(definitions, moved.value)) : moved;
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
          const moved =
            operation.op === 'undo'
              ? await undoByHand(stores, context)(id, operation.comment)
              : await moveOne(id, operation);
          return moved.ok ? ok({}) : moved;
        }),
      );
    },
  };
};

/** The group of instances that name none; it needs no record and limits nothing without one. */
export const defaultGroup = 'default';

export const noGroup = (name: string) =>
  err({ code: 'resource-group-not-found', detail: `there is no resource group ${name}` } as const);
