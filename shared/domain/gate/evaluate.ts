import type { Instance } from '../instance/instance.schema.ts';
import { isActive, isEnded } from '../instance/lifecycle.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { substituteIn } from '../parameter/substitute.ts';
import { chooseStripe } from '../pool/choose-stripe.ts';
import type { TaskWork } from '../workflow/task.schema.ts';
import {
  explainApproval,
  explainParent,
  explainPaused,
  explainPool,
  explainTime,
} from './blockers.ts';
import { decideBranch } from './decide-branch.ts';
import type { Blocker, Decision } from './decision.schema.ts';
import { gateAtOf } from './gate-at.ts';
import type { World } from './world.ts';

/**
 * The one gate (design.md §2, invariant 4). Dispatch obeys the answer and the console prints it. Order: upstream → time →
 * throttle → resource; a pause or a hold blocks whatever the rest says, and a forced instance passes the first two. Instances that run nothing take no slot
 * (nodes-and-instances 8.1: a dry run is not throttled).
 */
export const evaluate = (instance: Instance, world: World): Decision => {
  if (isEnded(instance)) return { decision: 'ended' };
  if (isActive(instance)) return { decision: 'active' };

  const paused = explainPaused(instance, world);
  const upstream = instance.forced
    ? []
    : world.openParents.map((parent) => explainParent(instance, parent, world.now));
  if (upstream.length > 0) return wait('NOT_RUN', [...paused, ...upstream], []);

  const early = beforeItsWait(instance, world, paused);
  if (early) return early;

  const waitUntil = waitUntilOf(instance, world);
  const gateAt = gateAtOf({ ...instance, waitUntil });
  if (gateAt > world.now) {
    const time = explainTime({ ...instance, waitUntil }, gateAt);
    return {
      ...wait('WAIT_TIME', [...paused, time], paused),
      ...(paused.length === 0 && { wakeAt: gateAt }),
      ...(waitUntil !== instance.waitUntil && { waitUntil }),
    };
  }

  const { conditions } = world;
  if (conditions.length > 0 && !instance.forced)
    return wait('WAIT_TIME', [...paused, ...conditions], paused);
  if (world.task.work?.kind === 'approval' && !instance.empty && world.expired === undefined)
    return {
      ...wait('WAIT_TIME', [...paused, explainApproval(instance, world)], paused),
      ...(paused.length === 0 && !instance.askedAt && { ask: true }),
    };

  const immediate = passOf(instance, world);
  if (immediate) return paused.length > 0 ? wait(instance.status, paused, paused) : immediate;

  const full = world.pools.filter((pool) => chooseStripe(pool, instance.id) === undefined);
  const blockers = full.map((pool) => explainPool(instance, pool, world));
  const [first] = full;
  if (first)
    return {
      ...wait(
        first.kind === 'throttle' ? 'THROTTLED' : 'WAIT_RESOURCE',
        [...paused, ...blockers],
        paused,
      ),
      pool: first.id,
    };
  return paused.length > 0 ? wait(instance.status, paused, paused) : { decision: 'run' };
};

const wait = (
  status: Instance['status'],
  blockers: readonly Blocker[],
  paused: readonly Blocker[],
): Extract<Decision, { decision: 'wait' }> => ({
  decision: 'wait',
  status,
  blockers: [...blockers],
  parked: paused.length > 0,
});

/** What keeps a run from beginning, or ends it, must be known before a wait task of it begins to wait. */
const beforeItsWait = (
  instance: Instance,
  { now, conditions, expired }: World,
  paused: readonly Blocker[],
): Decision | undefined => {
  const { waitUntil, forced, empty } = instance;
  if (waitUntil !== undefined || forced || empty || gateAtOf(instance) > now) return undefined;
  if (conditions.length > 0) return wait('WAIT_TIME', [...paused, ...conditions], paused);
  return expired === undefined || paused.length > 0
    ? undefined
    : { decision: 'pass', outcome: 'expired' };
};

/** A wait task begins to wait when its upstreams have ended and it is due; its end is fixed then. */
const waitUntilOf = (instance: Instance, { now, task, untilAt }: World): Instant | undefined => {
  if (instance.waitUntil !== undefined || instance.empty || task.work?.kind !== 'wait')
    return instance.waitUntil;
  if (instance.dueAt > now && !instance.forced) return undefined;

  const after = plusSeconds(now, task.work.seconds ?? 0);
  return untilAt !== undefined && untilAt > after ? untilAt : after;
};

/** What needs no attempt; undefined when an attempt must run. */
const passOf = (instance: Instance, world: World): Decision | undefined => {
  if (instance.empty) return { decision: 'pass', outcome: instance.empty };
  if (instance.family === 'barrier') return { decision: 'pass', outcome: 'ran' };
  if (isNotTaken(instance, world)) return { decision: 'pass', outcome: 'branch-not-taken' };

  const { work } = world.task;
  if (!work)
    return {
      decision: 'fail',
      outcome: 'definition-missing',
      error: `definition not found: ${instance.task} is in no online version of ${instance.workflow}`,
    };
  if (work.kind === 'noop' || work.kind === 'wait') return { decision: 'pass', outcome: 'ran' };
  return work.kind === 'branch' ? branchDecision(work, world) : undefined;
};

/** A branch above did not choose this task, or all that is above it was not chosen either (spec/README 11). */
const isNotTaken = ({ joins, task }: Instance, { endedParents }: World): boolean =>
  joins === 'branch' &&
  endedParents.length > 0 &&
  (endedParents.some(({ taken }) => taken !== undefined && !taken.includes(task)) ||
    endedParents.every(({ outcome }) => outcome === 'branch-not-taken'));

const branchDecision = (
  work: Extract<TaskWork, { kind: 'branch' }>,
  { values }: World,
): Decision => {
  const failed = (error: string): Decision => ({ decision: 'fail', outcome: 'failed', error });
  if (!values) return failed('the parameters of the branch were not read');
  if (!values.ok) return failed(values.error);

  const filled = substituteIn(work, values.value);
  if (!filled.ok) return failed(filled.error);

  const taken = decideBranch(filled.value);
  return taken.ok
    ? { decision: 'pass', outcome: 'ran', taken: [...taken.value] }
    : failed(taken.error);
};
