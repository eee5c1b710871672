import * as z from 'zod';
import { Status } from '../instance/instance.schema.ts';
import { Key } from '../kernel/key.schema.ts';

const n = z.int().min(0);
const perWorkflow = z.array(z.object({ project: Key, workflow: Key, count: n }));

/** What an operation would do, shown before anybody confirms it (what-users-ask-for 4.3). */
export const PlanSummary = z
  .object({
    total: n.meta({ description: 'instances that it would be carried out on' }),
    levels: n.meta({ description: 'steps of the order; 1: nobody waits for anybody' }),
    byStatus: z.partialRecord(Status, n),
    byProject: z.array(z.object({ project: Key, count: n })),
    byWorkflow: perWorkflow,
    moreWorkflows: n.meta({ description: 'workflows left out of the list' }),
    ineligible: z.object({
      count: n,
      reasons: z.array(z.object({ reason: z.string(), count: n, example: z.string() })),
    }),
    stops: z
      .object({ count: n, examples: z.array(z.string()) })
      .meta({ description: 'running attempts that it would stop' }),
    waits: n.meta({ description: 'not started: they simply wait again' }),
    below: z
      .object({
        count: n,
        more: z.boolean().meta({ description: 'counted up to a bound' }),
        byWorkflow: perWorkflow,
      })
      .meta({ description: 'instances downstream, in any workflow and project, not selected' }),
    pools: z.array(
      z.object({
        pool: z.string(),
        limit: n,
        used: n.meta({ description: 'slots in use now' }),
        queued: n.meta({ description: 'instances that queue for it now' }),
        targets: n.meta({ description: 'instances of this operation that would take a slot' }),
      }),
    ),
    estimate: z
      .object({
        workSeconds: z.number().meta({ description: 'one after the other' }),
        atLeastSeconds: z
          .number()
          .meta({ description: 'by the longest chain and the narrowest pool' }),
        withoutHistory: n.meta({ description: 'instances whose tasks have never ended' }),
      })
      .optional()
      .meta({ description: 'missing where nothing runs' }),
  })
  .meta({ id: 'OperationPlan' });
export type PlanSummary = z.infer<typeof PlanSummary>;
