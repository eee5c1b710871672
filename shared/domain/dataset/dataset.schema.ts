import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';

/** Files that `sql` and `check` tasks of a project read, or that a task writes, under one name. */
export const Dataset = z
  .object({
    project: Key,
    name: Key,
    description: z.string().max(1024).optional(),
    location: z
      .string()
      .max(1024)
      .regex(/^s3:\/\/[a-z0-9.-]{3,63}\/.+$/, {
        error: 'must be s3://bucket/key, or s3://bucket/prefix/* for several files',
      })
      .meta({ example: 's3://data/flights/*' }),
    format: z.enum(['csv', 'json', 'parquet']),
    columns: z
      .array(z.object({ name: z.string().min(1).max(128), type: z.string().min(1).max(64) }))
      .max(1000)
      .optional()
      .meta({ description: 'for people; files are read as they are' }),
  })
  .meta({ id: 'Dataset' });
export type Dataset = z.infer<typeof Dataset>;
