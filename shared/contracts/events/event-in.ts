import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { AttemptProgress, AttemptResult, LogBatch } from '../../domain/report/report.schema.ts';
import { Parameters } from '../../domain/workflow/task.schema.ts';

const schemaVersion = z.literal(1).default(1);
const attempt = {
  schemaVersion,
  instance: z.string().min(1).max(400),
  attempt: z.int().min(1).meta({ description: 'as the task was told (`nightshift.attempt`)' }),
};

/**
 * What others may tell Nightshift on its bus, by EventBridge detail type, under any source but ours. A field that is not
 * known is refused: a name with a typing error must not be taken for one that was left out.
 */
export const eventsIn = {
  'Run Requested': z
    .strictObject({
      schemaVersion,
      project: Key,
      workflow: Key,
      env: Env.default('prod'),
      bizDate: BizDate.optional().meta({
        description: 'default: the day before the event, in the zone of the project',
      }),
      parameters: Parameters.optional(),
      tasks: z.array(Key).min(1).max(500).optional().meta({ description: 'default: every task' }),
      idempotencyKey: z
        .string()
        .min(1)
        .max(256)
        .meta({ description: 'same source and key: one run, however often it is asked for' }),
      comment: z.string().max(1024).optional(),
    })
    .meta({ description: 'Start a workflow that is online, as a person would' }),
  'Task Result': z
    .strictObject({ ...attempt, ...AttemptResult.shape })
    .refine(({ outputs, error }) => outputs === undefined || error === undefined, {
      path: ['outputs'],
      error: 'are not kept when `error` is given: leave one of them out',
    })
    .meta({
      description:
        'What a running attempt came to. It counts when the attempt ends: outputs beside those of its answer, an error turns its success into a failure',
    }),
  'Task Progress': z
    .strictObject({ ...attempt, ...AttemptProgress.shape })
    .refine(
      ({ percent, rows, message }) =>
        percent !== undefined || rows !== undefined || message !== undefined,
      { error: 'must say percent, rows or message' },
    )
    .meta({ description: 'How far a running attempt is; the newest is shown with the instance' }),
  'Task Log': z
    .strictObject({ ...attempt, ...LogBatch.shape })
    .meta({ description: 'Lines for the run log of an attempt, while it runs and shortly after' }),
  'Dataset Updated': z
    .strictObject({
      schemaVersion,
      project: Key,
      dataset: Key,
      at: Instant.optional().meta({ description: 'default: the time of the event' }),
      rows: z.int().min(0).optional(),
      partition: z.string().max(256).optional(),
      by: z.string().max(256).optional().meta({ description: 'default: the source of the event' }),
    })
    .meta({ description: 'A registered dataset has new content' }),
} as const;

export type EventInType = keyof typeof eventsIn;
export const eventInTypes = Object.keys(eventsIn) as EventInType[];
export type EventIn<T extends EventInType> = z.output<(typeof eventsIn)[T]>;
