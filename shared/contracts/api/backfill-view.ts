import * as z from 'zod';
import { Backfill, BackfillSpec } from '../../domain/backfill/backfill.schema.ts';
import { DateStatus, FlowStatus } from '../../domain/backfill/flow-status.ts';
import { Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';

const counts = z.partialRecord(Status, z.int().min(0));

/** Where a submitted backfill stands, added up from its runs. */
const standing = {
  status: FlowStatus.optional().meta({
    description: 'submitted ones; missing where a list would have had to look at too many runs',
  }),
  incomplete: z.boolean().meta({ description: 'part of it waits for somebody' }),
  counts,
  instances: z.int().min(0).meta({ description: 'planned' }),
  dates: z.array(BizDate).meta({ description: 'in the order in which they run' }),
  startedAt: Instant.optional(),
  endedAt: Instant.optional(),
  creation: z
    .object({
      status: z.enum(['REQUESTED', 'DONE', 'REFUSED']),
      reason: z.string().optional().meta({ description: 'why it was refused' }),
      percent: z.int().min(0).max(100).optional(),
      created: z.int().min(0).optional().meta({ description: 'by this backfill' }),
      found: z.int().min(0).optional().meta({
        description: 'made by another generation before; created + found = planned',
      }),
    })
    .optional()
    .meta({ description: 'how far its instances have been created' }),
};

/** A backfill in a list. */
export const BackfillRow = z
  .object({
    ...Backfill.pick({
      ...{ id: true, name: true, env: true, project: true, owner: true, state: true, of: true },
      ...{ nextAt: true, startAt: true, submittedAt: true, createdAt: true, updatedAt: true },
      ...{ when: true, groups: true, order: true, request: true },
    }).shape,
    paused: z.boolean(),
    roots: z.array(z.string()),
    rev: z.int().min(1),
    ...standing,
  })
  .meta({ id: 'BackfillRow' });
export type BackfillRow = z.infer<typeof BackfillRow>;

const DateRow = z
  .object({
    bizDate: BizDate,
    group: z.int().min(0),
    status: DateStatus,
    instances: z.int().min(0),
    counts,
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    runs: z.array(z.string()),
  })
  .meta({ id: 'BackfillDateRow' });

/** One backfill: what was asked for, and each of its dates. */
export const BackfillView = BackfillRow.extend({
  spec: BackfillSpec,
  days: z.array(DateRow).meta({ description: 'in the order in which they run' }),
  tasks: z.object({ run: z.int().min(0), dryRun: z.int().min(0) }),
}).meta({ id: 'BackfillView' });
export type BackfillView = z.infer<typeof BackfillView>;

const Cell = z
  .object({
    status: FlowStatus.or(Status).optional().meta({
      description: 'of the instance, or of all cycles of the date; missing until it is created',
    }),
    instances: z.int().min(0),
    id: z.string().optional().meta({ description: 'when it is one instance' }),
    outcome: Outcome.optional(),
    paused: z.boolean().optional(),
    counts: counts.optional().meta({ description: 'when it is several' }),
  })
  .meta({ id: 'BackfillCell' });
export type BackfillCell = z.infer<typeof Cell>;

/** Tasks × dates; `cells` are in the order of `dates`, null where the task has nothing to do. */
export const BackfillMatrix = z
  .object({
    dates: z.array(z.object({ bizDate: BizDate, group: z.int().min(0) })),
    totalDates: z.int().min(0),
    totalTasks: z.int().min(0),
    items: z.array(
      z.object({
        task: z.string().meta({ description: 'project/workflow/task' }),
        how: z.enum(['run', 'dry-run']),
        cells: z.array(Cell.nullable()),
      }),
    ),
    cursor: z.string().optional().meta({ description: 'ask again with it for the next tasks' }),
  })
  .meta({ id: 'BackfillMatrix' });
export type BackfillMatrix = z.infer<typeof BackfillMatrix>;

/** What a backfill would do, before anybody asks for it. */
export const BackfillPreview = z
  .object({
    name: z.string().meta({ description: 'the name it would get' }),
    instances: z.int().min(0).meta({ description: 'exactly so many are created' }),
    running: z.int().min(0).meta({ description: 'of these, so many run code' }),
    days: z
      .array(
        z.object({
          bizDate: BizDate,
          group: z.int().min(0),
          instances: z.int().min(0),
          running: z.int().min(0),
        }),
      )
      .meta({ description: 'the exact dates, in the order in which they run' }),
    tasks: z.array(
      z.object({
        task: z.string(),
        how: z.enum(['run', 'dry-run']),
        instances: z.int().min(0),
        running: z.int().min(0).meta({ description: 'fewer where a date is no day of the task' }),
      }),
    ),
    totalTasks: z.int().min(0),
    paused: z.array(z.string()).meta({ description: 'left out: paused, or below a paused task' }),
    forbidden: z
      .array(z.string())
      .meta({ description: 'left out: in projects where you may run nothing' }),
    conflicts: z
      .array(z.object({ id: z.string(), status: Status }))
      .meta({ description: 'recurring instances in whose favour it waits' }),
    warnings: z.array(z.enum(['conflicts-cut', 'self-dependence-ignored'])),
    estimatedSeconds: z.number().nullable().meta({
      description: 'by mean durations, when only its own order holds it up; null without history',
    }),
    unknownTasks: z.int().min(0).meta({ description: 'tasks without a history, counted as 0 s' }),
    nextAt: Instant.optional().meta({ description: 'when it would be submitted' }),
  })
  .meta({ id: 'BackfillPreview' });
export type BackfillPreview = z.infer<typeof BackfillPreview>;

/** What became of the instances of one call; with `cursor` there are more to look at. */
export const BackfillMoves = z
  .object({
    moved: z.int().min(0),
    paused: z.int().min(0).meta({ description: 'cannot be terminated before their upstreams end' }),
    failed: z.array(z.object({ id: z.string(), code: z.string(), error: z.string() })),
    more: z.boolean(),
    cursor: z.string().optional(),
  })
  .meta({ id: 'BackfillMoves' });
export type BackfillMoves = z.infer<typeof BackfillMoves>;

export const backfillParams = z.object({ project: Key, backfill: z.string().min(1).max(64) });
