import * as z from 'zod';
import { Instant } from '../kernel/time.schema.ts';

/** When a dataset got new content last, and from whom. */
export const DatasetUpdate = z
  .object({
    at: Instant,
    by: z.string().meta({ description: 'project/workflow/task, or the source of an event' }),
    rows: z.int().min(0).optional(),
    partition: z.string().optional(),
    instance: z.string().optional().meta({ description: 'instance that wrote it' }),
  })
  .meta({ id: 'DatasetUpdate' });
export type DatasetUpdate = z.infer<typeof DatasetUpdate>;
