import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';

/** Whom a rule tells, by name: who that is in the end is found out when the notice is sent (N79). */
export const Receiver = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('contact'), name: Key }),
    z.object({ kind: z.literal('owner') }),
    z.object({ kind: z.literal('duty'), name: Key }),
    z.object({ kind: z.literal('room'), name: Key }),
  ])
  .meta({ id: 'Receiver' });
export type Receiver = z.infer<typeof Receiver>;
