import type { EndedParent, OpenParent, World } from '../../shared/domain/gate/world.ts';
import { holdsOf } from '../../shared/domain/hold/holds-of.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId, runIdOfInstance } from '../../shared/domain/instance/instance-id.ts';
import { isEnded, isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import { runDateOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Result } from '../../shared/domain/kernel/result.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { resolveParameters } from '../../shared/domain/parameter/resolve-parameters.ts';
import { chooseStripe } from '../../shared/domain/pool/choose-stripe.ts';
import { poolsOf } from '../../shared/domain/pool/pools-of.ts';
import { instantOfLocal } from '../../shared/domain/schedule/instant-of-local.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { expectedEnds } from './expected-ends.ts';
import type { CurrentTask } from './gate-catalog.ts';
import { holdersOf } from './holders-of.ts';
import { ignoresPause, loadConditions } from './load-conditions.ts';
import { loadOverlap } from './load-overlap.ts';
import type { WorldDeps } from './world-deps.ts';

/** Open parents that an explanation names; a decision needs one. */
const explainedParents = 20;

/**
 * Reads what `evaluate` looks at. `explain` also finds out who holds what and until when; it changes no decision. What an
 * earlier step of the gate makes irrelevant is not read. `edgesClosed`: a strongly consistent read has just said so.
 */
export const loadWorld =
  ({ instances, catalog }: WorldDeps) =>
  async (
    instance: Instance,
    now: Instant,
    { explain = false, edgesClosed = false } = {},
  ): Promise<World> => {
    const nothing: World = {
      now,
      openParents: [],
      holds: [],
      conditions: [],
      endedParents: [],
      task: {},
      pools: [],
      holders: {},
    };
    if (!isWaiting(instance)) return nothing;

    const upstreamCounts = !edgesClosed && !instance.forced;
    const isBarrier = instance.family === 'barrier';
    const [open, current, limits, unpaused] = await Promise.all([
      upstreamCounts ? instances.openEdges(instance.id, explain ? explainedParents : 1) : [],
      isBarrier ? noTask : catalog.currentTask(instance),
      isBarrier ? undefined : catalog.limits(),
      ignoresPause({ instances, catalog })(instance),
    ]);
    const paused = unpaused ? undefined : current.paused;
    const task = { paused, work: current.task, limits: current.limits };
    const openParents = await parentsOf({ instances, catalog }, open, now, explain);
    const applying = limits
      ? poolsOf(instance, current.task?.pools ?? [], limits.rules, limits.groups, now)
      : [];
    const poolIds = applying.map(({ id }) => id);
    const holds = limits ? holdsOf(instance, poolIds, limits.holds, now) : [];
    if (openParents.length > 0) return { ...nothing, task, openParents, holds };

    const runsNothing = instance.empty !== undefined || isBarrier;
    const limited = runsNothing || !current.task || isGate(instance) ? [] : applying;
    const followsHead = instance.overlap !== undefined && instance.previousRun === undefined;
    const [pools, endedParents, values, overlap, conditions] = await Promise.all([
      instances.readPools(instance.env, limited),
      instance.joins || followsHead ? endedParentsOf(instances, instance) : [],
      current.task?.kind === 'branch'
        ? branchValues({ instances, catalog }, instance, current)
        : undefined,
      loadOverlap({ instances, catalog })(instance, now),
      loadConditions({ instances, catalog })(instance, now),
    ]);
    const full = pools.filter((pool) => chooseStripe(pool, instance.id) === undefined);

    return {
      ...nothing,
      task,
      holds,
      ...overlap,
      conditions: [...overlap.conditions, ...conditions],
      ...(endedParents.some((parent) => hasExpired(parent, instance)) && {
        expired: 'its run has expired',
      }),
      pools,
      endedParents,
      values,
      untilAt: untilAtOf(instance, current),
      holders: explain ? await holdersOf({ instances, catalog }, instance.env, full, now) : {},
    };
  };

const hasExpired = ({ id, outcome }: EndedParent, { runId }: Instance): boolean =>
  outcome === 'expired' && runIdOfInstance(id) === runId;

const noTask: CurrentTask = { workflowParameters: {}, zone: 'UTC' };

const isGate = ({ kind }: Instance): boolean =>
  kind === 'noop' || kind === 'wait' || kind === 'branch' || kind === 'approval';

const parentsOf = async (
  deps: WorldDeps,
  ids: readonly string[],
  now: Instant,
  explain: boolean,
): Promise<readonly OpenParent[]> => {
  if (!explain) return ids.map((id) => ({ id, task: taskIn(id) }));
  const found = await deps.instances.findMany(ids, { strong: true });
  const ends = await expectedEnds(deps, [...found.values()], now);

  return ids.map((id): OpenParent => {
    const parent = found.get(id);
    const task = taskIn(id);
    if (!parent) return { id, task };
    return {
      id,
      task,
      status: parent.status,
      paused: parent.paused,
      since: parent.moves.at(-1)?.at,
      expectedEndAt: ends.get(id),
    };
  });
};

const taskIn = (id: string): string => parseInstanceId(id)?.task ?? id;

/** Those of the same cycle: what a branch chose on another day, or this task's own past, says nothing about today. */
const endedParentsOf = async (
  instances: InstanceStore,
  { id, workflow, bizDate, task }: Instance,
) => {
  const parents = await instances.findMany(await instances.parentsOf(id), { strong: true });
  return [...parents.values()]
    .filter((parent) => isEnded(parent) && parent.workflow === workflow)
    .filter((parent) => parent.bizDate === bizDate && parent.task !== task)
    .map(({ id: parentId, outcome, taken }) => ({ id: parentId, outcome, taken }));
};

const branchValues = async (
  { instances, catalog }: WorldDeps,
  instance: Instance,
  { task, workflowParameters, zone }: CurrentTask,
): Promise<Result<Readonly<Record<string, string>>, string>> => {
  const [outputs, overrides] = await Promise.all([
    instances.outputsOf(await instances.parentsOf(instance.id)),
    catalog.startParameters(instance),
  ]);
  const values = resolveParameters({
    ...instance,
    dueAt: instance.plannedAt ?? instance.dueAt,
    instanceId: instance.id,
    run: instance.runId,
    zone,
    workflowParameters,
    taskParameters: task?.parameters ?? {},
    overrides,
    outputs: Object.fromEntries(
      [...outputs].map(([id, given]) => [parseInstanceId(id)?.task ?? id, given]),
    ),
  });
  return values.ok
    ? ok(values.value)
    : err(values.error.map(({ parameter, message }) => `${parameter}: ${message}`).join('; '));
};

const untilAtOf = ({ bizDate }: Instance, { task, zone }: CurrentTask): Instant | undefined =>
  task?.kind === 'wait' && task.until !== undefined
    ? instantOfLocal(`${runDateOf(bizDate)}T${task.until}`, zone)
    : undefined;
