import * as z from 'zod';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { LogLine } from '../../domain/log/log-line.schema.ts';
import { pageOf, paging } from './common.ts';

/** A line of a run log with where it comes from. */
export const LogEntry = LogLine.extend({
  id: z.string().meta({ description: 'names the line: a follower drops what it has seen' }),
  instance: z.string(),
  task: z.string(),
  attempt: z.int().min(0),
}).meta({ id: 'LogEntry' });
export type LogEntry = z.infer<typeof LogEntry>;

/**
 * An attempt writes its lines when it ends, in their place by its first line. So a follower asks again from well before
 * now (20 minutes covers the longest attempt) and drops the ids it knows.
 */
export const logQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({
    description: 'attempts whose lines make a page',
  }),
  cursor: paging.cursor,
  from: Instant.optional().meta({ description: 'only attempts that began at or after it' }),
});

/** Lines oldest first by attempt. */
export const LogPage = pageOf(LogEntry).meta({ id: 'LogPage' });
