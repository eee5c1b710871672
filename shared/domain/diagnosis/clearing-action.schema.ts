import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate } from '../kernel/time.schema.ts';
import { InstanceOperation } from '../operation/instance-operation.schema.ts';
import { Role } from '../project/project.schema.ts';

/** What can be done about a blocker: an operation on an instance, or a change elsewhere. */
const ClearingOperation = z
  .enum([
    ...InstanceOperation.options,
    'remove-upstream',
    'resume-task',
    'lift-hold',
    'thaw',
    'generate',
    'raise-limit',
  ])
  .meta({ id: 'ClearingOperation' });

/** What an action is done to. `parents` are the upstreams that would be removed from the instance. */
const ClearingTarget = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('instance'),
      instance: z.string(),
      parents: z.array(z.string()).optional(),
    }),
    z.object({ kind: z.literal('task'), env: Env, project: Key, workflow: Key, task: Key }),
    z.object({ kind: z.literal('hold'), hold: z.string() }),
    z.object({ kind: z.literal('pool'), pool: z.string() }),
    z.object({ kind: z.literal('day'), env: Env, project: Key, bizDate: BizDate }),
  ])
  .meta({ id: 'ClearingTarget' });

/** An action that would clear a blocker, and whether the one who asks may do it. */
export const ClearingAction = z
  .object({
    operation: ClearingOperation,
    target: ClearingTarget,
    role: Role.meta({ description: 'the least role that may do it' }),
    project: Key.optional().meta({
      description: 'where the role counts; missing: in the whole installation',
    }),
    allowed: z.boolean(),
  })
  .meta({ id: 'ClearingAction' });
export type ClearingAction = z.infer<typeof ClearingAction>;

/** An action before anybody has looked at who asks. */
export type PossibleAction = Omit<ClearingAction, 'allowed'>;
