import * as z from 'zod';
import { Instant } from '../kernel/time.schema.ts';

/** An address that is not written to any more, until an administrator lifts it. */
export const Suppression = z
  .object({
    address: z.string().meta({ description: 'in lower case' }),
    reason: z.enum(['bounced', 'complained']),
    at: Instant,
    detail: z.string().optional().meta({ description: 'what the mail server said' }),
    delivery: z.string().optional().meta({ description: 'the delivery that told' }),
  })
  .meta({ id: 'Suppression' });
export type Suppression = z.infer<typeof Suppression>;
