import type { Decision } from '../../shared/domain/gate/decision.schema.ts';
import { evaluate } from '../../shared/domain/gate/evaluate.ts';
import type { World } from '../../shared/domain/gate/world.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { MoveName } from '../../shared/domain/instance/lifecycle.ts';
import { type MoveRequest, moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { chooseStripe, roomIn, shareOf } from '../../shared/domain/pool/choose-stripe.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { Effects } from '../stores/commit-instance.ts';
import { pause } from '../stores/retry.ts';
import { loadWorld } from './load-world.ts';
import type { StartAttempt } from './start-attempt.ts';
import type { WorldDeps } from './world-deps.ts';

export type SettleDeps = WorldDeps & {
  readonly clock: Clock;
  readonly startAttempt: StartAttempt;
  /** `system:<stage>`: who moved it, in the history. */
  readonly actor: string;
};

/** What came of looking at an instance. `decision` is the gate's last word on it; undefined when there is no instance. */
export type Settled =
  | {
      readonly instance: Instance;
      readonly decision: Decision;
      /** It may run, but was left alone because rivals want slots of these pools, too. */
      readonly contested?: readonly string[];
    }
  | undefined;

export type SettleOptions = {
  /** As it was read a moment ago. Default: read now. */
  readonly known?: Instance | undefined;
  /** How many fall due together: with fewer free slots than that it is left for its turn. Default: no turns. */
  readonly rivals?: number | undefined;
  /** Nobody above is open, as a strongly consistent read has just said. */
  readonly edgesClosed?: boolean | undefined;
};

/** Rivals move on within a few tries; whoever still loses then is met again by the next wake. */
const tries = 8;

/**
 * Asks the gate and does what it says: admits and starts an attempt, passes or fails without one, or writes down why it
 * waits. Running it twice, or in two places at once, is harmless: every write is conditional on what was read.
 */
export const settleInstance =
  (deps: SettleDeps) =>
  async (
    id: string,
    { known, rivals = 0, edgesClosed = false }: SettleOptions = {},
  ): Promise<Settled> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const instance = attempt === 1 && known ? known : await deps.instances.find(id);
      if (!instance) return undefined;

      const fresh = { edgesClosed: edgesClosed && attempt === 1 };
      const world = await loadWorld(deps)(instance, deps.clock(), fresh);
      const decision = evaluate(instance, world);
      const step = stepOf(instance, decision, world);
      if (!step) return { instance, decision };
      const scarce = world.pools.filter((pool) => roomIn(pool) < rivals).map((pool) => pool.id);
      if (decision.decision === 'run' && scarce.length > 0)
        return { instance, decision, contested: scarce };

      const moved = moveInstance(instance, { ...step.request, at: world.now, actor: deps.actor });
      if (!moved.ok) throw new Fault('RecordInvalid', moved.error.message, { instanceId: id });

      const written = await deps.instances.commit(moved.value, step.effects);
      if (written === 'committed') {
        if (decision.decision === 'run') await deps.startAttempt(moved.value.instance);
        if (await hasRoomByNow(deps, moved.value.instance, decision, world)) continue;
        return { instance: moved.value.instance, decision };
      }
      await pause(attempt);
    }
    throw new Fault('StoreConflict', 'instance not settled: it kept moving', { instanceId: id });
  };

/** A slot that came free between the look at a pool and the place in its queue has woken nobody. */
const hasRoomByNow = async (
  { instances }: SettleDeps,
  { env, id }: Instance,
  decision: Decision,
  { pools }: World,
): Promise<boolean> => {
  if (decision.decision !== 'wait' || decision.parked || decision.pool === undefined) return false;
  const queued = pools.filter((pool) => pool.id === decision.pool);
  const [now] = await instances.readPools(env, queued);
  return now !== undefined && chooseStripe(now, id) !== undefined;
};

type Step = {
  readonly request: Pick<MoveRequest, 'move' | 'set' | 'reason'>;
  readonly effects?: Effects;
};

/** The move that carries out a decision; undefined when the instance already stands where the decision puts it. */
const stepOf = (instance: Instance, decision: Decision, world: World): Step | undefined => {
  switch (decision.decision) {
    case 'run':
      return admission(instance, world);
    case 'pass':
      return {
        request: {
          move: 'pass',
          set: {
            outcome: decision.outcome,
            taken: decision.taken,
            startedAt: instance.startedAt ?? world.now,
          },
        },
      };
    case 'fail':
      return {
        request: {
          move: 'fail',
          reason: decision.error,
          set: { outcome: decision.outcome, error: decision.error },
        },
      };
    case 'wait':
      return waiting(instance, decision);
    default:
      return undefined;
  }
};

const admission = (instance: Instance, { now, pools, task }: World): Step => {
  const take = pools.flatMap((pool) => {
    const stripe = chooseStripe(pool, instance.id);
    return stripe
      ? {
          pool: pool.id,
          stripe: stripe.stripe,
          share: shareOf(pool.limit, pool.stripes.length, stripe.stripe),
        }
      : [];
  });
  return {
    request: {
      move: 'admit',
      set: {
        ...task.limits,
        attempt: instance.attempt + 1,
        submittedAt: now,
        startedAt: undefined,
        endedAt: undefined,
        retryAt: undefined,
        waitingFor: undefined,
        passedOver: undefined,
        error: undefined,
        slots: take.map(({ pool, stripe }) => ({ pool, stripe })),
      },
    },
    effects: { take },
  };
};

const moveTo: Partial<Record<Instance['status'], MoveName>> = {
  NOT_RUN: 'reopen',
  WAIT_TIME: 'ready',
  THROTTLED: 'throttle',
  WAIT_RESOURCE: 'queue',
};

const waiting = (
  instance: Instance,
  { status, pool, waitUntil, parked, ask }: Extract<Decision, { decision: 'wait' }>,
): Step | undefined => {
  const move = moveTo[status];
  const isHeld = instance.held !== undefined && parked;
  const set = {
    waitingFor: pool,
    ...(waitUntil === undefined ? {} : { waitUntil }),
    ...(parked ? { parked: true } : { parked: undefined }),
  };
  if (ask) return { request: { move: 'ask', set } };
  const stays = instance.status === status && instance.waitingFor === pool;

  if (stays && waitUntil === undefined)
    return (instance.parked ?? false) === parked || instance.paused || isHeld
      ? undefined
      : { request: { move: parked ? 'park' : 'unpark', set } };
  if (stays && status === 'WAIT_TIME') return { request: { move: 'begin-wait', set } };
  return move && { request: { move, set } };
};
