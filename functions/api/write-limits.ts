import { err, ok } from '../../shared/domain/kernel/result.ts';
import { maxThrottleRules } from '../../shared/domain/pool/pool.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { findUsers } from './find-users.ts';
import { createDocument, forEdit, inUse, stale } from './save-document.ts';
import { systemProject, writeAudit } from './write-audit.ts';
import { noGroup } from './write-instances.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'createThrottleRule'
  | 'updateThrottleRule'
  | 'deleteThrottleRule'
  | 'createResourceGroup'
  | 'updateResourceGroup'
  | 'deleteResourceGroup'
>;

/** Throttling rules and resource groups. What runs goes on; what waits follows the change within a minute. */
export const writeLimits = (stores: ApiStores): Writes => {
  const { catalog, clock } = stores;
  const note = (
    context: ApiContext,
    action: string,
    object: string,
    before: unknown,
    after: unknown,
  ) => writeAudit(stores, context, { action, object, project: systemProject, before, after });
  const deleted = ok({ deleted: true } as const);

  return {
    async createThrottleRule({ body }, context) {
      const saved = await catalog.saveRule(body, undefined);
      if (!saved.ok && saved.error === 'full') return tooManyRules;
      const created = createDocument(body.name, saved);
      if (created.ok) await note(context, 'create', ruleName(body.name), undefined, body);
      return created;
    },
    async updateThrottleRule({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findRule(name), context.rev, noRule(name));
      if (!before.ok) return before;
      const saved = await catalog.saveRule({ ...body, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'update', ruleName(name), before.value, saved.value);
      return saved;
    },
    async deleteThrottleRule({ params: { name } }, context) {
      const before = forEdit(await catalog.findRule(name), context.rev, noRule(name));
      if (!before.ok) return before;
      if (!(await catalog.removeRule(name, context.rev, clock()))) return stale(undefined);
      await note(context, 'delete', ruleName(name), before.value, undefined);
      return deleted;
    },

    async createResourceGroup({ body }, context) {
      const saved = createDocument(body.name, await catalog.saveGroup(body, undefined));
      if (saved.ok) await note(context, 'create', groupName(body.name), undefined, body);
      return saved;
    },
    async updateResourceGroup({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findGroup(name), context.rev, noGroup(name).error);
      if (!before.ok) return before;
      const saved = await catalog.saveGroup({ ...body, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'update', groupName(name), before.value, saved.value);
      return saved;
    },
    async deleteResourceGroup({ params: { name } }, context) {
      const before = forEdit(await catalog.findGroup(name), context.rev, noGroup(name).error);
      if (!before.ok) return before;
      const users = await findUsers(catalog, 'group', name);
      if (users.length > 0) return inUse(`resource group ${name}`, users);
      if (!(await catalog.removeGroup(name, context.rev, clock()))) return stale(undefined);
      await note(context, 'delete', groupName(name), before.value, undefined);
      return deleted;
    },
  };
};

const ruleName = (name: string) => `throttle-rule:${name}`;
const groupName = (name: string) => `resource-group:${name}`;

const noRule = (name: string) =>
  ({ code: 'throttle-rule-not-found', detail: `there is no throttling rule ${name}` }) as const;

const tooManyRules = err({
  code: 'too-many-rules',
  detail: `there are ${maxThrottleRules} throttling rules already, and there may be no more; delete one first, or widen the scope of one`,
} as const);
