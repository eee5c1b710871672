import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';

/** A search that somebody kept: for themselves, or for everybody who may read the logs of a project. */
export const SavedSearch = z
  .object({
    id: z.string(),
    title: z.string().trim().min(1, { error: 'must not be empty' }).max(120),
    owner: z.string(),
    project: Key.optional().meta({ description: 'set: shared in that project' }),
    filter: z
      .record(z.string().max(32), z.string().max(2048))
      .refine((filter) => Object.keys(filter).length <= 30, {
        error: 'has more than 30 conditions',
      })
      .meta({ description: 'the conditions as the address of the page holds them' }),
    at: Instant,
    rev: z.int().min(0),
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearch = z.infer<typeof SavedSearch>;
