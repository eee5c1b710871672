import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';

/** Pieces that many routes share. */
export const none = z.object({});

export const projectParams = z.object({ project: Key });
export const workflowParams = z.object({ project: Key, workflow: Key });
export const nameParams = z.object({ name: Key });

export const envQuery = z.object({ env: Env.default('prod') });

/** Query strings carry texts: `true`/`1` and `false`/`0`. */
export const Flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });

/** A repeated value as one comma-separated text. */
export const listOf = <const T extends string>(values: readonly T[]) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(values)).min(1).max(50));

export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(25),
  cursor: z
    .string()
    .max(2048)
    .optional()
    .meta({ description: 'where the previous page ended; opaque' }),
};

/** A page of a list. Without `cursor` it is the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    cursor: z.string().optional().meta({ description: 'ask again with it for the next page' }),
    searchedTo: z.string().optional().meta({
      description: 'a bounded look ended here before the page was full; ask again with the cursor',
    }),
  });

/** What became of each id of a batch. One bad item does not block the others (W19). */
export const BatchResult = z
  .object({
    requested: z.int(),
    succeeded: z.array(
      z.object({ id: z.string(), run: z.string().optional(), note: z.string().optional() }),
    ),
    skipped: z.array(z.object({ id: z.string(), reason: z.string() })),
    failed: z.array(z.object({ id: z.string(), code: z.string(), error: z.string() })),
  })
  .meta({ id: 'BatchResult' });
export type BatchResult = z.infer<typeof BatchResult>;

/** Largest number of ids in one call (W22); a longer selection goes in several calls. */
export const batchLimit = 100;

export const comment = z
  .string()
  .max(1024)
  .optional()
  .meta({ description: 'why; kept in the operation log' });
