import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** Tab and filters of the list of backfills. */
export const BackfillsSearch = z.object({
  tab: z.enum(['submitted', 'pending']).optional().catch(undefined),
  status: text,
  owner: text,
  bizDate: text,
  since: z.enum(['today', 'yesterday', 'all']).optional().catch(undefined),
});
export type BackfillsSearch = z.infer<typeof BackfillsSearch>;
