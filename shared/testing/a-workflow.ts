import type * as z from 'zod';
import type { GeneratedWorkflow } from '../domain/generation/plan.ts';
import { RuntimeSettings } from '../domain/project/runtime-settings.schema.ts';
import { WorkflowDefinition } from '../domain/workflow/definition.schema.ts';

export type WorkflowInput = Partial<z.input<typeof WorkflowDefinition>>;

/** A daily workflow `w` with one `noop` task `t`, parsed, with what a test says differently. */
export const aWorkflow = (fields: WorkflowInput = {}): WorkflowDefinition =>
  WorkflowDefinition.parse({
    workflow: 'w',
    schedule: { every: 'day', at: '02:00' },
    tasks: [{ name: 't', kind: 'noop' }],
    ...fields,
  });

/** `aWorkflow` as generation takes it: online in project `p`, UTC, version 1, every day a working day. */
export const aGeneratedWorkflow = (
  fields: WorkflowInput = {},
  around: Partial<Omit<GeneratedWorkflow, 'definition'>> = {},
): GeneratedWorkflow => ({
  env: 'prod',
  project: 'p',
  zone: 'UTC',
  dst: 'shift',
  version: 1,
  timing: 'ON',
  settings: RuntimeSettings.parse({}),
  isWorkday: () => true,
  ...around,
  definition: aWorkflow(fields),
});
