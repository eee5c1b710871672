import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';

/**
 * What is known of the failures of one instance: the incident that it is part of, and the newest of its moves that was
 * taken in. Occurrences may come twice and in any order; `seq` of the move decides.
 */
export const IncidentRecord = z
  .object({
    instance: z.string(),
    incident: z.string().optional().meta({ description: 'missing: only its recovery is known' }),
    seq: z.int().min(1).meta({ description: 'move of the instance that was taken in last' }),
    open: z.boolean(),
    workflow: Key.optional(),
    task: Key.optional(),
    failedAt: Instant.optional(),
    error: z.string().optional(),
    recoveredAt: Instant.optional(),
    rev: z.int().min(1),
  })
  .meta({ id: 'IncidentRecord' });
export type IncidentRecord = z.infer<typeof IncidentRecord>;

/** A final failure of an instance, or its success after one. `seq` is the number of the move. */
export type InstanceTurn = {
  readonly instance: string;
  readonly seq: number;
  readonly at: Instant;
  readonly workflow?: string | undefined;
  readonly task?: string | undefined;
  readonly error?: string | undefined;
};

/** The number of the move at the end of an id such as `task-failed#<instance>#<seq>`. Undefined when there is none. */
export const turnSeqOf = (occurrence: string): number | undefined => {
  const seq = /#([1-9]\d*)$/.exec(occurrence)?.[1];
  return seq === undefined ? undefined : Number(seq);
};
