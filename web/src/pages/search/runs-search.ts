import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** Filters of the list of runs. `status` is a comma-separated list. */
export const RunsSearch = z.object({
  status: text,
  workflow: text,
  /** `yes`: also runs that are not due yet. */
  upcoming: z.enum(['yes']).optional().catch(undefined),
  bizDate: z.iso.date().optional().catch(undefined),
  trigger: text,
  failed: z.enum(['true', 'false']).optional().catch(undefined),
  text,
  /** When the runs are due; without it, and without days of their own, today. */
  range: z.enum(['yesterday', '7d', '30d', 'all']).optional().catch(undefined),
  /** When the runs started, instants, half-open: what the overview counted. */
  startedFrom: z.iso.datetime().optional().catch(undefined),
  startedUntil: z.iso.datetime().optional().catch(undefined),
  retryable: z.enum(['true', 'false']).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
});
export type RunsSearch = z.infer<typeof RunsSearch>;
