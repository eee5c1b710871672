import * as z from 'zod';
import { Instance } from '../../domain/instance/instance.schema.ts';
import { ShownProgress } from '../../domain/report/report.schema.ts';

const i = Instance.shape;

/** The part of an instance that scripts rely on. */
export const InstanceSummary = z
  .object({
    id: z.string(),
    task: i.task,
    status: i.status,
    outcome: i.outcome.unwrap().nullable(),
    attempts: z.int().min(0),
    dueAt: i.dueAt,
    startedAt: i.dueAt.nullable(),
    endedAt: i.dueAt.nullable(),
  })
  .meta({ id: 'InstanceSummary' });
export type InstanceSummary = z.infer<typeof InstanceSummary>;

/** An instance in a list. */
export const InstanceRow = InstanceSummary.extend({
  run: z.string(),
  env: i.env,
  project: i.project,
  workflow: i.workflow,
  family: i.family,
  bizDate: i.bizDate,
  cycle: i.cycle,
  index: i.index,
  kind: i.kind,
  version: i.version,
  codeVersion: i.codeVersion,
  owner: z.string().optional(),
  tags: z.array(z.string()).default([]),
  priority: i.priority,
  resourceGroup: i.resourceGroup,
  timeoutSeconds: i.timeoutSeconds,
  retries: i.retries,
  autoRetries: i.autoRetries,
  paused: z.boolean().meta({ description: 'this instance is paused' }),
  taskPaused: z
    .boolean()
    .meta({ description: 'it is set aside because its task is paused or a hold covers it' }),
  held: i.held,
  forced: i.forced,
  askedAt: i.askedAt,
  undo: i.undo,
  overlap: i.overlap,
  stopping: i.stopping,
  waitingFor: i.waitingFor,
  retryAt: i.retryAt,
  waitUntil: i.waitUntil,
  submittedAt: i.submittedAt,
  deadlineAt: i.deadlineAt,
  error: i.error,
  taken: i.taken,
  wrote: i.wrote,
  progress: ShownProgress.optional().meta({
    description: 'what its running attempt said last of how far it is',
  }),
  seq: i.seq,
}).meta({ id: 'InstanceRow' });
export type InstanceRow = z.infer<typeof InstanceRow>;

/** An instance by itself. */
export const InstanceDetail = InstanceRow.extend({
  oneTime: z.boolean().meta({
    description: 'it stands alone after a start by hand: it has no graph and is not diagnosed',
  }),
  question: z.string().optional().meta({ description: 'what an approval asks' }),
}).meta({ id: 'InstanceDetail' });
export type InstanceDetail = z.infer<typeof InstanceDetail>;
