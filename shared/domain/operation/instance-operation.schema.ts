import * as z from 'zod';
import type { Key } from '../kernel/key.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { Priority } from '../workflow/priority.schema.ts';

/** What operators do to instances, one or many at once; each is a move of the lifecycle (nodes-and-instances 4.3). */
export const InstanceOperation = z
  .enum([
    'pause',
    'resume',
    'hold',
    'unhold',
    'terminate',
    'rerun',
    'force-rerun',
    'set-success',
    'approve',
    'reject',
    'set-priority',
    'set-resource-group',
    'undo',
  ])
  .meta({ id: 'InstanceOperation' });
export type InstanceOperation = z.infer<typeof InstanceOperation>;

/** Why something is held; kept with the hold and in the history. */
export const HoldReason = z.string().trim().min(1, { error: 'must say why' }).max(200);

/** An operation with what belongs to it. */
export type HandOperation = {
  readonly op: InstanceOperation;
  readonly priority?: Priority | undefined;
  readonly resourceGroup?: Key | undefined;
  /** With `hold`: why, and until when at most. */
  readonly reason?: string | undefined;
  readonly until?: Instant | undefined;
  readonly comment?: string | undefined;
};
