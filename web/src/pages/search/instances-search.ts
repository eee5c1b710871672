import * as z from 'zod';

const text = z.string().optional().catch(undefined);
const flag = z.enum(['true', 'false']).optional().catch(undefined);

/** Filters of the lists of instances. Lists of values are comma-separated. */
export const InstancesSearch = z.object({
  bizDate: z.iso.date().optional().catch(undefined),
  status: text,
  outcome: text,
  priority: text,
  workflow: text,
  task: text,
  owner: text,
  resourceGroup: text,
  kind: text,
  paused: flag,
  held: flag,
  asked: flag,
  days: text,
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type InstancesSearch = z.infer<typeof InstancesSearch>;
