import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** How far is simulated, from where, and what of it is open. */
export const SimulationSearch = z.object({
  hours: z.enum(['24', '48', '72']).optional().catch(undefined),
  /** `yes`: go on from the instances that exist. */
  standing: z.enum(['yes']).optional().catch(undefined),
  tab: text,
  task: text,
});
