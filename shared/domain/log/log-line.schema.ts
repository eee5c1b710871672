import * as z from 'zod';
import { Instant } from '../kernel/time.schema.ts';

export const LogLevel = z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).meta({ id: 'LogLevel' });
export type LogLevel = z.infer<typeof LogLevel>;

/** What the attempt was doing when it wrote the line (spec/README decision 24). */
export const LogOperation = z
  .enum(['claim', 'resolve', 'invoke', 'query', 'read', 'write', 'retry', 'finish'])
  .meta({ id: 'LogOperation' });
export type LogOperation = z.infer<typeof LogOperation>;

/** One line of a run log. */
export const LogLine = z
  .object({
    at: Instant,
    level: LogLevel,
    text: z.string(),
    operation: LogOperation,
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .meta({ id: 'LogLine' });
export type LogLine = z.infer<typeof LogLine>;
