import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { SimulationDiff } from '../../domain/simulation/compare-simulations.ts';
import { Simulation } from '../../domain/simulation/simulation.schema.ts';
import { none, projectParams } from './common.ts';
import type { RouteContract } from './route.ts';

/** Instances that one request may simulate. */
export const simulatedLimit = 20_000;

/** Instances that one answer lists; runs, pools and herds always count all of them. */
export const listedInstances = 4_000;

const ListedSimulation = Simulation.extend({
  total: z.int().min(0).meta({ description: 'instances simulated' }),
  leftOut: z.int().min(0).meta({
    description: 'instances that are not listed; name workflows to see theirs',
  }),
}).meta({ id: 'ListedSimulation' });
export type ListedSimulation = z.infer<typeof ListedSimulation>;

export const simulationRoutes = {
  simulate: {
    method: 'POST',
    path: '/api/projects/{project}/simulate',
    summary:
      'What would happen in the next hours: generator, gate and pools on a virtual clock; with a draft (for developers) before and after',
    tag: 'simulation',
    role: 'viewer',
    project: 'params',
    lambda: 'plan',
    params: projectParams,
    query: none,
    body: z
      .object({
        env: Env.default('prod'),
        from: Instant.optional().meta({ description: 'default: now' }),
        hours: z.int().min(1).max(72).default(24),
        workflows: z.array(Key).max(100).optional().meta({
          description: 'only these and what they wait for; default: all of the project',
        }),
        standing: z.boolean().default(false).meta({
          description: 'take instances that exist as they stand; default: from definitions alone',
        }),
        draft: z
          .object({ definition: z.json() })
          .optional()
          .meta({ description: 'a definition that replaces or adds one workflow' }),
        thresholdMinutes: z.number().min(0).max(1440).default(15).meta({
          description: 'how much later a workflow may finish with the draft',
        }),
      })
      .meta({ id: 'SimulationRequest' }),
    reply: z.object({
      simulation: ListedSimulation,
      draft: z.object({ simulation: ListedSimulation, diff: SimulationDiff }).optional(),
    }),
    status: 200,
    problems: [
      'project-not-found',
      'workflow-not-found',
      'definition-invalid',
      'simulation-too-large',
    ],
  },
} as const satisfies Record<string, RouteContract>;
