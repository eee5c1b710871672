import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** Filters of the operation log, as they stand in the address. */
export const AuditSearch = z.object({
  text,
  actor: text,
  action: text,
  source: z.enum(['console', 'cli', 'api']).optional().catch(undefined),
  object: text,
  range: z.enum(['day', 'week', 'month', 'year']).optional().catch(undefined),
  system: z.enum(['yes']).optional().catch(undefined),
  entry: text,
});
export type AuditSearch = z.infer<typeof AuditSearch>;
