import type { Empty } from '../instance/instance.schema.ts';
import { instanceIdOf, runIdOf } from '../instance/instance-id.ts';
import { runDateOf } from '../kernel/calendar-day.ts';
import type { Env, Key } from '../kernel/key.schema.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import { retriesOf, timeoutOf } from '../project/effective-settings.ts';
import type { RuntimeSettings } from '../project/runtime-settings.schema.ts';
import type { WorkflowDefinition } from '../workflow/definition.schema.ts';
import { innerUpstreams } from '../workflow/dependencies-of.ts';
import type { Task } from '../workflow/task.schema.ts';
import { belowBranches } from './below-branches.ts';
import type { Plan, PlannedEdge, PlannedInstance } from './plan.ts';
import { isOutOfRange } from './plan-task.ts';

export type ManualStart = {
  readonly env: Env;
  readonly project: Key;
  readonly version: number;
  readonly settings: RuntimeSettings;
  /** Idempotency key of the start: the same key names the same run. */
  readonly scope: string;
  readonly bizDate: BizDate;
  readonly now: Instant;
  /** Start only these tasks. Default: all of the workflow. */
  readonly tasks?: readonly Key[] | undefined;
  /** Nothing executes code. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Run `version` even where another one is online. Default: false. */
  readonly pinned?: boolean | undefined;
  /** Due time that the parameters are about, and of the tasks for which it is another one. Default: `now`. */
  readonly plannedAt?: Instant | undefined;
  readonly plannedAtOf?: Readonly<Record<Key, Instant>> | undefined;
};

type UnknownTasks = { readonly reason: 'unknown-tasks'; readonly tasks: readonly Key[] };

/**
 * The instances of one start by hand: every task once, due at once. Only what orders one cycle of this workflow counts:
 * other workflows, earlier cycles, schedules and calendars do not, and a chosen task waits for the nearest chosen tasks
 * above it.
 */
export const planManualRun = (
  definition: WorkflowDefinition,
  start: ManualStart,
): Result<Plan, UnknownTasks> => {
  const byName = new Map(definition.tasks.map((task) => [task.name, task]));
  const unknown = (start.tasks ?? []).filter((name) => !byName.has(name));
  if (unknown.length > 0) return err({ reason: 'unknown-tasks', tasks: unknown });

  const chosen = new Set(start.tasks ?? byName.keys());
  const tasks = definition.tasks.filter(({ name }) => chosen.has(name));
  const joining = belowBranches(definition);
  const instances = tasks.map((task) =>
    instanceOf(definition.workflow, task, start, joining.has(task.name)),
  );
  const idOf = new Map(instances.map(({ task, id }) => [task, id]));

  return ok({
    instances,
    edges: instances.flatMap(({ task, id }) =>
      nearestChosen(task, byName, definition.workflow, chosen).flatMap((name): PlannedEdge[] => {
        const parent = idOf.get(name);
        return parent ? [{ child: id, parent, kind: 'current' }] : [];
      }),
    ),
  });
};

/** The chosen tasks above `task`, looking through those that are not chosen. */
const nearestChosen = (
  task: Key,
  byName: ReadonlyMap<Key, Task>,
  workflow: Key,
  chosen: ReadonlySet<Key>,
): readonly Key[] => {
  const found = new Set<Key>();
  const passed = new Set<Key>([task]);
  const queue = [task];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const upstreams = byName.get(name)?.upstreams ?? [];
    for (const { task: parent, period } of innerUpstreams({ upstreams }, workflow)) {
      if (period !== 'current' || passed.has(parent)) continue;
      passed.add(parent);
      if (chosen.has(parent)) found.add(parent);
      else queue.push(parent);
    }
  }
  return [...found];
};

const instanceOf = (
  workflow: Key,
  task: Task,
  start: ManualStart,
  joinsBranch: boolean,
): PlannedInstance => {
  const { env, project, version, settings, scope, bizDate, now, dryRun, pinned } = start;
  const plannedAt = start.plannedAtOf?.[task.name] ?? start.plannedAt;
  const ref = {
    env,
    project,
    workflow,
    task: task.name,
    family: 'manual',
    scope,
    bizDate,
    cycle: 1,
    index: 1,
  } as const;
  const empty = emptyOf(task, bizDate) ?? (dryRun ? 'dry-run' : undefined);
  return {
    ...ref,
    id: instanceIdOf(ref),
    runId: runIdOf(ref),
    kind: task.kind,
    version,
    dueAt: now,
    ...(plannedAt ? { plannedAt } : {}),
    ...(pinned ? { pinned } : {}),
    priority: task.priority,
    resourceGroup: task.resourceGroup ?? 'default',
    timeoutSeconds: timeoutOf(task, settings, 'manual', scope),
    retries: retriesOf(task, settings),
    ...(empty ? { empty } : {}),
    ...(joinsBranch ? { joins: 'branch' } : {}),
  };
};

/** Off days do not hold for a start by hand; effective dates and dry-run do (N14). */
const emptyOf = (task: Task, bizDate: BizDate): Empty | undefined => {
  if (isOutOfRange(task, runDateOf(bizDate))) return 'out-of-range';
  return task.dryRun ? 'dry-run' : undefined;
};
