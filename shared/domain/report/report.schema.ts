import * as z from 'zod';
import { Instant } from '../kernel/time.schema.ts';
import { LogLevel, LogOperation } from '../log/log-line.schema.ts';

const rows = z.int().min(0).optional();

/** One line as task code writes it: the same in an event and in a call of the API, as all of this file. */
export const ReportedLine = z
  .strictObject({
    at: Instant.optional().meta({ description: 'default: when it arrives' }),
    level: LogLevel.default('INFO'),
    text: z.string().max(1_048_576),
    category: z.string().trim().min(1).max(64).optional(),
    operation: LogOperation.optional(),
    fields: z
      .record(z.string().max(128), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .refine((fields) => Object.keys(fields ?? {}).length <= 50, {
        error: 'must be at most 50',
      }),
  })
  .meta({ id: 'ReportedLine' });
export type ReportedLine = z.infer<typeof ReportedLine>;

export const LogBatch = z
  .strictObject({
    batch: z
      .string()
      .min(1)
      .max(64)
      .meta({ description: 'same attempt and batch: the same lines, kept once' }),
    lines: z
      .array(ReportedLine)
      .min(1)
      .max(1000, { error: 'must hold at most 1000 lines; send more in several batches' }),
  })
  .meta({ id: 'LogBatch' });

export const AttemptProgress = z
  .strictObject({
    percent: z.number().min(0).max(100).optional(),
    rows,
    message: z.string().max(256).optional(),
    at: Instant.optional().meta({
      description: 'default: the time of the event; the newest counts',
    }),
  })
  .meta({ id: 'AttemptProgress' });

export const AttemptResult = z
  .strictObject({
    token: z.string().max(128).optional().meta({ description: 'checked when given' }),
    outputs: z
      .record(z.string(), z.union([z.string().max(258), z.number(), z.boolean()]))
      .optional()
      .meta({ description: 'only names that the task declares under `outputs`' }),
    rows,
    error: z
      .string()
      .trim()
      .min(1)
      .max(4096)
      .optional()
      .meta({ description: 'the attempt fails with its first line, even if it answers' }),
  })
  .meta({ id: 'AttemptResult' });

/** What was reported of an attempt, as it is kept until the attempt ends. */
export const ReportedResult = AttemptResult.omit({ token: true }).extend({
  outputs: z.record(z.string(), z.string()).optional(),
  at: Instant,
});
export type ReportedResult = z.infer<typeof ReportedResult>;

/** How far an attempt is, by its own word. */
export const ShownProgress = AttemptProgress.extend({
  attempt: z.int().min(1),
  at: Instant,
}).meta({ id: 'ShownProgress' });
export type ShownProgress = z.infer<typeof ShownProgress>;
