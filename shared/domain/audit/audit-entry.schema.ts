import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';

/** Who did what to which object. Entries are only added. */
export const AuditEntry = z
  .object({
    id: z.string().min(1).meta({ description: 'same id, same entry' }),
    at: Instant,
    actor: z.string(),
    action: z.string().meta({ example: 'rerun' }),
    object: z
      .string()
      .meta({ description: 'what it was done to', example: 'workflow:shop/daily_sales' }),
    project: Key,
    env: Env.optional(),
    bizDate: BizDate.optional().meta({ description: 'business date of the instance' }),
    reason: z.string().optional(),
    detail: z.record(z.string(), z.json()).optional(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;
