import type { Candidate } from '../../shared/domain/bulk/candidate.schema.ts';
import type { Chosen } from '../../shared/domain/bulk/choose-targets.ts';
import { estimateOperation, type Load } from '../../shared/domain/bulk/estimate-operation.ts';
import type { BulkOp } from '../../shared/domain/bulk/operation.schema.ts';
import type { PlanSummary } from '../../shared/domain/bulk/plan-summary.schema.ts';
import { type InstanceRef, parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { type LimitedPool, poolsOf } from '../../shared/domain/pool/pools-of.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { PlanDeps } from './bulk-deps.ts';

/** After these something runs again. */
const running: ReadonlySet<BulkOp> = new Set<BulkOp>(['rerun', 'force-rerun', 'rerun-downstream']);

/** Kinds that the gate itself does: without an attempt, and so without a slot. */
const takesNoSlot: ReadonlySet<string> = new Set(['noop', 'branch', 'wait', 'approval']);
/** Of these, the ones that take no time either. */
const instantly: ReadonlySet<string> = new Set(['noop', 'branch']);

type Weight = Pick<PlanSummary, 'pools' | 'estimate'>;
type Placed = { readonly candidate: Candidate; readonly ref: InstanceRef };

/** What a rerun asks of the pools, and how long it takes at least, from the mean durations of the tasks. */
export const weighLoad = async (
  deps: PlanDeps,
  op: BulkOp,
  { targets, edges }: Chosen,
): Promise<Weight> => {
  if (!running.has(op)) return { pools: [] };
  const placed = targets.flatMap((candidate): Placed[] => {
    const ref = parseInstanceId(candidate.id);
    return ref ? [{ candidate, ref }] : [];
  });
  const [durations, poolsFor] = await Promise.all([
    deps.views.findDurations(placed.map(({ ref }) => ref)),
    poolsOfTargets(deps, placed),
  ]);
  const limits = new Map(
    [...poolsFor.values()].flatMap(({ pools }) => pools.map((pool) => [pool.id, pool])),
  );
  const loads = placed.map(({ candidate: { id, kind } }, n): Load => {
    const mean = durations[n];
    return {
      id,
      seconds: instantly.has(kind ?? '') ? 0 : mean && mean.sumSeconds / mean.count,
      pools: (poolsFor.get(id)?.pools ?? []).map((pool) => pool.id),
    };
  });

  return {
    estimate: estimateOperation(loads, edges, (pool) => limits.get(pool)?.limit ?? 1),
    pools: await loadOf(deps, [...poolsFor.values()], [...limits.values()]),
  };
};

type Pooled = { readonly env: InstanceRef['env']; readonly pools: readonly LimitedPool[] };

/** The limited pools of each target, by its id. */
const poolsOfTargets = async (
  { catalog, clock }: PlanDeps,
  placed: readonly Placed[],
): Promise<ReadonlyMap<string, Pooled>> => {
  const [rules, groups] = await Promise.all([catalog.allRules(), catalog.allGroups()]);
  const joined = rules.some(({ scope }) => scope.byName)
    ? await joinedBy(catalog, placed)
    : new Map<string, readonly string[]>();
  const now = clock();
  return new Map(
    placed.map(({ candidate, ref }) => {
      const { kind = 'noop', priority = 'MIDDLE', resourceGroup = 'default' } = candidate;
      const subject = { ...ref, kind, priority, resourceGroup };
      const own = joined.get(taskOf(ref)) ?? [];
      const pools = takesNoSlot.has(kind) ? [] : poolsOf(subject, own, rules, groups, now);
      return [candidate.id, { env: ref.env, pools }];
    }),
  );
};

/** The rules that tasks name themselves, from what is online: one read a workflow. */
const joinedBy = async (
  catalog: PlanDeps['catalog'],
  placed: readonly Placed[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const workflows = new Map(placed.map(({ ref }) => [workflowOf(ref), ref]));
  const lists = await inParallel([...workflows.values()], 8, async (ref) => {
    const { env, project, workflow } = ref;
    const pin = (await catalog.findWorkflow(project, workflow))?.pins[env];
    const definition =
      pin && pin.version > 0
        ? await catalog.definitionOf({ project, workflow, content: pin.content })
        : undefined;
    return (definition?.tasks ?? []).map(({ name, pools }): [string, readonly string[]] => [
      taskOf({ ...ref, task: name }),
      pools,
    ]);
  });
  return new Map(lists.flat());
};

const loadOf = async (
  { instances }: PlanDeps,
  pooled: readonly Pooled[],
  limits: readonly LimitedPool[],
): Promise<PlanSummary['pools']> => {
  const env = pooled[0]?.env;
  if (env === undefined) return [];
  const states = await instances.readPools(env, limits);
  return Promise.all(
    states.map(async ({ id, limit, stripes }) => ({
      pool: id,
      limit,
      used: stripes.reduce((sum, { used }) => sum + used, 0),
      queued: (await instances.countWaiters(env, id)).count,
      targets: pooled.filter(({ pools }) => pools.some((pool) => pool.id === id)).length,
    })),
  );
};

const workflowOf = ({ env, project, workflow }: InstanceRef): string =>
  [env, project, workflow].join('/');
const taskOf = (ref: InstanceRef): string => `${workflowOf(ref)}/${ref.task}`;
