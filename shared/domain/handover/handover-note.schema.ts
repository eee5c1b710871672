import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';

/** A word to the next shift. Only its author changes it, while the shift lasts. */
export const HandoverNote = z
  .object({
    id: z.string().min(1).max(64).meta({ description: 'begins with the time it was written' }),
    project: Key,
    at: Instant,
    by: z.string(),
    text: z.string().min(1).max(4000),
    editedAt: Instant.optional(),
  })
  .meta({ id: 'HandoverNote' });
export type HandoverNote = z.infer<typeof HandoverNote>;
