import * as z from 'zod';
import { Family, Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant, Zone } from '../../domain/kernel/time.schema.ts';
import { GenerationLine } from '../../domain/run/generation-line.schema.ts';
import { RunStatus } from '../../domain/run/run.schema.ts';
import { LedgerState } from '../../domain/schedule/ledger-state.ts';
import { DstPolicy, Schedule } from '../../domain/schedule/schedule.schema.ts';
import { SkipReason, TickStatus } from '../../domain/schedule/tick-state.ts';
import {
  envQuery,
  Flag,
  listOf,
  none,
  pageOf,
  paging,
  projectParams,
  workflowParams,
} from './common.ts';
import type { RouteContract } from './route.ts';

/** What falls due within five minutes from `at`. */
const DensityBucket = z
  .object({ at: Instant, fires: z.int().min(0), tasks: z.int().min(0) })
  .meta({ id: 'DensityBucket' });

/** The planned fires of one workflow within a stretch of time. */
export const ScheduledWorkflow = z
  .object({
    project: Key,
    workflow: Key,
    zone: Zone,
    dst: DstPolicy,
    schedule: Schedule.optional().meta({
      description: 'default schedule; missing: tasks have theirs',
    }),
    fires: z
      .array(
        z.object({
          at: Instant,
          bizDate: BizDate,
          cycle: z.int().min(1),
          tasks: z.int().min(1).meta({ description: 'tasks that fall due then' }),
          shifted: z.boolean(),
        }),
      )
      .meta({ description: 'the first 300, in order of time' }),
    total: z.int().min(0).meta({ description: 'of all fires' }),
    marks: z
      .array(
        z.object({
          kind: z.enum(['shifted', 'skipped', 'doubled', 'once']),
          at: Instant.meta({ description: 'when the clocks change' }),
          local: z.string(),
        }),
      )
      .meta({ description: 'what a change of clocks does to its times' }),
  })
  .meta({ id: 'ScheduledWorkflow' });
export type ScheduledWorkflow = z.infer<typeof ScheduledWorkflow>;

/** One tick of a schedule and what became of it, or a run that nobody planned. */
export const TickRow = z
  .object({
    run: z.string().meta({ description: 'job id; the run may not exist' }),
    trigger: Family.exclude(['barrier']),
    planned: z.boolean().meta({ description: 'the schedule asked for it' }),
    bizDate: BizDate,
    cycle: z.int().min(1),
    dueAt: Instant.meta({ description: 'trigger time' }),
    local: z.string().optional().meta({ description: 'wall time that the schedule asked for' }),
    shifted: z.boolean(),
    status: TickStatus,
    late: z.boolean(),
    reason: SkipReason.or(z.literal('overlap'))
      .optional()
      .meta({ description: 'why it was skipped' }),
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    total: z.int().min(0),
    ended: z.int().min(0),
    failed: z.int().min(0),
  })
  .meta({ id: 'TickRow' });
export type TickRow = z.infer<typeof TickRow>;

const TickCounts = z
  .object({
    expected: z.int().min(0),
    created: z.int().min(0),
    finished: z.int().min(0),
    late: z.int().min(0),
    statuses: z.partialRecord(TickStatus, z.int().min(1)),
    reasons: z.partialRecord(SkipReason, z.int().min(1)),
  })
  .meta({ id: 'TickCounts' });

/** One business date of the schedule ledger. */
export const LedgerDay = z
  .object({
    bizDate: BizDate,
    runDate: BizDate,
    cutoffAt: Instant,
    state: LedgerState,
    line: GenerationLine.optional(),
    created: z.int().min(0).meta({ description: 'instances that exist' }),
    finished: z.int().min(0),
    failed: z.int().min(0),
    outcomes: z.partialRecord(Outcome, z.int().min(0)),
  })
  .meta({ id: 'LedgerDay' });
export type LedgerDay = z.infer<typeof LedgerDay>;

export const LedgerWorkflow = TickCounts.extend({
  workflow: Key,
  missing: z.array(z.string()).meta({ description: 'ids of the first missed runs' }),
}).meta({ id: 'LedgerWorkflow' });
export type LedgerWorkflow = z.infer<typeof LedgerWorkflow>;

const RunMark = z.object({ run: z.string(), status: RunStatus, bizDate: BizDate });

/** A workflow beside another one; of a project that the caller may not see only its name. */
export const WorkflowNode = z
  .object({
    id: z.string().meta({ description: '`project/workflow`' }),
    project: Key,
    workflow: Key,
    level: z.int().meta({ description: 'negative: upstream' }),
    hidden: z.boolean(),
    exists: z.boolean(),
    owner: z.string().optional(),
    cycle: z.enum(['minute', 'hour', 'day', 'week', 'month', 'year', 'cron', 'mixed', 'manual']),
    online: z.boolean(),
    timing: z.boolean(),
    nextFireAt: Instant.optional(),
    lastRun: RunMark.optional(),
  })
  .meta({ id: 'WorkflowNode' });
export type WorkflowNode = z.infer<typeof WorkflowNode>;

const levels = z.coerce.number().int().min(0).max(6).default(1);

const GridCell = z
  .object({
    instance: z.string(),
    status: Status,
    outcome: Outcome.optional(),
    count: z.int().min(1).meta({ description: 'instances of the task in that run' }),
  })
  .meta({ id: 'GridCell' });

const GridRun = RunMark.extend({
  cycle: z.int().min(1),
  family: Family,
  dueAt: Instant.optional(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});

export const scheduleRoutes = {
  getSchedule: {
    method: 'GET',
    path: '/api/schedule',
    summary: 'Planned fires of all workflows that are online and timed, with their density',
    tag: 'schedule',
    role: 'member',
    project: 'each',
    lambda: 'plan',
    params: none,
    query: z.object({
      ...envQuery.shape,
      project: Key.optional(),
      workflow: Key.optional().meta({ description: 'needs the project' }),
      from: Instant.optional().meta({ description: 'default: now' }),
      to: Instant.optional().meta({ description: 'default: a day later; at most 7 days' }),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: paging.cursor,
    }),
    reply: z.object({
      from: Instant,
      to: Instant,
      items: z.array(ScheduledWorkflow),
      density: z
        .array(DensityBucket)
        .meta({ description: 'of the workflows of this page: add up the pages' }),
      cursor: z.string().optional(),
    }),
    status: 200,
    problems: ['invalid-cursor', 'project-not-found'],
  },
  listTicks: {
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/ticks',
    summary: 'Ticks of a schedule with what became of them, and the other runs, latest first (W64)',
    tag: 'schedule',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: workflowParams,
    query: z.object({
      ...paging,
      ...envQuery.shape,
      from: BizDate.optional().meta({
        description:
          'first run date, in the zone of the project; default: today; at most 7 days ago',
      }),
      to: BizDate.optional().meta({ description: 'last run date; default: today' }),
      status: listOf(TickStatus.options).optional(),
      trigger: listOf(['recurring', 'manual', 'backfill']).optional(),
      late: Flag.optional(),
    }),
    reply: pageOf(TickRow).extend({
      from: BizDate,
      to: BizDate,
      zone: Zone,
      scheduled: z
        .boolean()
        .meta({ description: 'a version that was online in that time has a schedule' }),
    }),
    status: 200,
    problems: ['project-not-found', 'workflow-not-found', 'invalid-cursor'],
  },
  getLedger: {
    method: 'GET',
    path: '/api/projects/{project}/ledger',
    summary: 'The schedule ledger: expected, created and finished of each business date',
    tag: 'schedule',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: projectParams,
    query: z.object({
      ...envQuery.shape,
      days: z.coerce.number().int().min(1).max(31).default(8),
    }),
    reply: z.object({ zone: Zone, items: z.array(LedgerDay) }),
    status: 200,
    problems: ['project-not-found'],
  },
  getLedgerDay: {
    method: 'GET',
    path: '/api/projects/{project}/ledger/{bizDate}',
    summary: 'The ticks of one business date, workflow by workflow',
    tag: 'schedule',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: projectParams.extend({ bizDate: BizDate }),
    query: z.object({ ...paging, ...envQuery.shape }),
    reply: pageOf(LedgerWorkflow).extend({ day: LedgerDay }),
    status: 200,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getWorkflowGraph: {
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/graph/workflows',
    summary: 'The workflows that it waits for and that wait for it, level by level (W23)',
    tag: 'workflows',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: workflowParams,
    query: z.object({ ...envQuery.shape, up: levels, down: levels }),
    reply: z.object({
      nodes: z.array(WorkflowNode),
      edges: z.array(
        z.object({
          from: z.string(),
          to: z.string(),
          kind: z.enum(['same-cycle', 'cross-cycle']),
          tasks: z.int().min(1).meta({ description: 'dependencies of tasks behind it' }),
        }),
      ),
      cut: z.boolean().meta({ description: 'there is more than is shown' }),
    }),
    status: 200,
    problems: ['workflow-not-found'],
  },
  getWorkflowGrid: {
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/grid',
    summary: 'Tasks × last runs, a part of the tasks at a time',
    tag: 'workflows',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: workflowParams,
    query: z.object({
      ...envQuery.shape,
      runs: z.coerce.number().int().min(1).max(30).default(14),
      from: z.coerce.number().int().min(0).default(0).meta({ description: 'first task, from 0' }),
      limit: z.coerce.number().int().min(1).max(100).default(100),
    }),
    reply: z.object({
      runs: z.array(GridRun).meta({ description: 'oldest first' }),
      total: z.int().min(0).meta({ description: 'of all tasks' }),
      tasks: z.array(
        z.object({
          task: Key,
          kind: z.string(),
          cells: z.array(GridCell.nullable()).meta({ description: 'in the order of `runs`' }),
        }),
      ),
    }),
    status: 200,
    problems: ['workflow-not-found', 'not-published'],
  },
  getRunDurations: {
    method: 'GET',
    path: '/api/runs/{run}/durations',
    summary: 'How long the tasks of a run take as a rule',
    tag: 'runs',
    role: 'viewer',
    project: 'run',
    lambda: 'read',
    params: z.object({ run: z.string().max(400) }),
    query: none,
    reply: z.object({
      items: z.array(
        z.object({
          task: Key,
          count: z.int().min(1),
          meanSeconds: z.number().min(0),
          maxSeconds: z.number().min(0),
        }),
      ),
    }),
    status: 200,
    problems: ['run-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
