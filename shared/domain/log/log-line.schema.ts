import * as z from 'zod';
import { Instant } from '../kernel/time.schema.ts';

export const LogLevel = z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).meta({ id: 'LogLevel' });
export type LogLevel = z.infer<typeof LogLevel>;

/** What our own stages do when they write a line (spec/README decision 24). */
export type OwnOperation =
  | 'claim'
  | 'resolve'
  | 'invoke'
  | 'query'
  | 'read'
  | 'write'
  | 'retry'
  | 'finish';

/** One of ours, or what the task's logger gives. */
export const LogOperation = z.string().min(1).max(64).meta({ id: 'LogOperation' });
export type LogOperation = z.infer<typeof LogOperation>;

/** A line above 64 KB is kept in parts: lines of one instant, one after the other. */
export const LogPart = z
  .object({ n: z.int().min(1), of: z.int().min(2) })
  .meta({ id: 'LogPart', description: 'a line above 64 KB is kept in parts' });
export type LogPart = z.infer<typeof LogPart>;

/** One line of a run log. */
export const LogLine = z
  .object({
    at: Instant,
    level: LogLevel,
    text: z.string(),
    operation: LogOperation,
    category: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .meta({ description: 'of the logger; without one it is the default event of the kind' }),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    part: LogPart.optional(),
  })
  .meta({ id: 'LogLine' });
export type LogLine = z.infer<typeof LogLine>;
