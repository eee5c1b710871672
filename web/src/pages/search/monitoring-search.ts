import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** The scope and the window of the overview of runs. */
export const MonitoringSearch = z.object({
  workflow: text,
  range: z.enum(['yesterday', '3d', '7d']).optional().catch(undefined),
  from: z.iso.datetime().optional().catch(undefined),
  to: z.iso.datetime().optional().catch(undefined),
});
