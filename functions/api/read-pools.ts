import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { usedOf } from '../../shared/domain/pool/choose-stripe.ts';
import { limitAt, reopensAt } from '../../shared/domain/pool/limit-at.ts';
import type { ResourceGroup, ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { groupPoolId, throttlePoolId } from '../../shared/domain/pool/pools-of.ts';
import { holdersOf } from '../admission/holders-of.ts';
import type { WorldDeps } from '../admission/world-deps.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { PoolLimit } from '../stores/pools.ts';
import type { ApiStores } from './api-stores.ts';

type Reads = Pick<
  ApiHandlers<'read'>,
  'listThrottleRules' | 'listResourceGroups' | 'listPools' | 'getPool'
>;

const waitersShown = 50;
const nobody = { count: 0, more: false };

/** Limits, the slots in use, and who holds and wants them. */
export const readPools = ({ catalog, instances, clock }: ApiStores, world: WorldDeps): Reads => ({
  listThrottleRules: async () => ok({ items: await catalog.currentRules() }),
  listResourceGroups: async () => ok({ items: await catalog.currentGroups() }),

  async listPools({ query: { env } }) {
    const [rules, groups] = await Promise.all([catalog.currentRules(), catalog.currentGroups()]);
    const now = clock();
    const limits = [
      ...rules
        .filter((rule) => rule.enabled && (rule.env ?? env) === env)
        .map((rule) => limitOfRule(rule, now)),
      ...groups.flatMap(limitOfGroup),
    ];
    const [pools, waiting] = await Promise.all([
      instances.readPools(env, limits),
      Promise.all(limits.map(({ id }) => instances.countWaiters(env, id))),
    ]);
    return ok({
      items: pools.map((pool, n) => ({
        pool,
        used: usedOf(pool),
        waiting: waiting[n] ?? nobody,
      })),
    });
  },

  async getPool({ params, query: { env } }) {
    const [kind = '', ...rest] = params.pool.split(':');
    const name = rest.join(':');
    const limit =
      kind === 'throttle'
        ? await catalog.findRule(name).then((rule) => rule && limitOfRule(rule, clock()))
        : await catalog.findGroup(name).then((group) => group && limitOfGroup(group)[0]);
    if (!limit)
      return err({
        code: kind === 'throttle' ? 'throttle-rule-not-found' : 'resource-group-not-found',
        detail: `there is no limited pool ${params.pool}`,
      });

    const [[pool], holders, waiting, count] = await Promise.all([
      instances.readPools(env, [limit]),
      holdersOf(world, env, [limit], clock()),
      instances.waiters(env, limit.id, waitersShown),
      instances.countWaiters(env, limit.id),
    ]);
    const found = await instances.findMany(waiting);
    return ok({
      pool: pool ?? { ...limit, stripes: [{ stripe: 0, used: 0 }] },
      used: pool ? usedOf(pool) : 0,
      waiting: count,
      holders: [...(holders[limit.id] ?? [])],
      waiters: waiting.flatMap((id) => {
        const instance = found.get(id);
        return instance?.waitingFor === limit.id
          ? [{ id, priority: instance.priority, dueAt: instance.dueAt }]
          : [];
      }),
    });
  },
});

const limitOfRule = (rule: ThrottleRule, now: Instant): PoolLimit => ({
  id: throttlePoolId(rule.name),
  kind: 'throttle',
  name: rule.name,
  limit: limitAt(rule, now),
  reopensAt: reopensAt(rule, now),
});

const limitOfGroup = ({ name, slots }: ResourceGroup): PoolLimit[] =>
  slots === undefined ? [] : [{ id: groupPoolId(name), kind: 'resource', name, limit: slots }];
