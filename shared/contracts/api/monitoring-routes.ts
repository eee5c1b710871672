import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant, Zone } from '../../domain/kernel/time.schema.ts';
import { none } from './common.ts';
import type { RouteContract } from './route.ts';

const figures = {
  runs: z.int().min(0).meta({ description: 'that started then' }),
  succeeded: z.int().min(0),
  failed: z.int().min(0).meta({ description: 'in the end, after automatic retries' }),
  cancelled: z.int().min(0),
  running: z.int().min(0).meta({ description: 'started then and not ended yet' }),
  successRate: z.number().min(0).max(1).nullable().meta({
    description: 'succeeded ÷ (succeeded + failed)',
  }),
  meanMs: z.number().min(0).nullable().meta({ description: 'duration of the ended ones' }),
  p95Ms: z.number().min(0).nullable().meta({ description: 'within 5 %' }),
  autoRetried: z.int().min(0).meta({ description: 'runs with an automatic retry' }),
  manualRetries: z.int().min(0).meta({ description: 'runs that are a manual retry' }),
};

const WorkflowFigures = z.object({ project: Key, workflow: Key, ...figures });

/** Runs by the time of their start, over `[from, to)`. */
export const Monitoring = z
  .object({
    from: Instant.meta({ description: 'widened to whole five minutes' }),
    to: Instant,
    zone: Zone,
    at: Instant.meta({ description: 'when it was read' }),
    stepSeconds: z.int().min(300),
    totals: z.object(figures),
    steps: z.array(z.object({ at: Instant, ...figures })),
    failing: z.array(WorkflowFigures).max(5).meta({ description: 'most failures first' }),
    slow: z.array(WorkflowFigures).max(5).meta({ description: 'longest mean first' }),
    countedFrom: Instant.optional().meta({
      description: 'what started earlier was too much to read: choose a workflow or a shorter time',
    }),
  })
  .meta({ id: 'Monitoring' });
export type Monitoring = z.infer<typeof Monitoring>;

export const monitoringRoutes = {
  getMonitoring: {
    method: 'GET',
    path: '/api/monitoring',
    summary: 'Runs, successes and durations of a project or workflow over up to seven days',
    tag: 'runs',
    role: 'member',
    project: 'each',
    lambda: 'read',
    params: none,
    query: z.object({
      env: Env.default('prod'),
      project: Key.optional().meta({ description: 'default: all that you may see' }),
      workflow: Key.optional().meta({ description: 'needs the project' }),
      from: Instant.optional().meta({
        description: 'at most seven days before today; default: the beginning of today',
      }),
      to: Instant.optional().meta({ description: 'not included; default: now' }),
    }),
    reply: Monitoring,
    status: 200,
    problems: ['project-not-found', 'workflow-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
