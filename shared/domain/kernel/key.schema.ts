import * as z from 'zod';

/** A name that stands in ids, URLs and execution names. `~`, `#` and `/` are reserved for composing ids. */
export const Key = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$/, {
    error:
      'must be 1 to 64 letters, digits, "_", "-" or ".", beginning with a letter or digit and not ending in "-" or "."',
  })
  .meta({ id: 'Key', example: 'daily_sales' });
export type Key = z.infer<typeof Key>;

export const Env = z.enum(['prod', 'dev']).meta({ id: 'Env' });
export type Env = z.infer<typeof Env>;
