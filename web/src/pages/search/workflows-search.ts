import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** Filters of the list of workflows, as they stand in the address. */
export const WorkflowsSearch = z.object({
  text,
  owner: text,
  tag: text,
  publish: z.enum(['DRAFT', 'PUBLISHED', 'MODIFIED']).optional().catch(undefined),
  online: z.enum(['ONLINE', 'OFFLINE']).optional().catch(undefined),
  timing: z.enum(['ON', 'OFF']).optional().catch(undefined),
  lastRun: text,
});
export type WorkflowsSearch = z.infer<typeof WorkflowsSearch>;
