import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';

/** What the sentinel found when it compared the ticks of the schedules with the runs that exist. */
const TickCheck = z
  .object({
    expected: z.int().min(0).meta({ description: 'runs that the schedules asked for' }),
    missed: z.int().min(0).meta({ description: 'those of them that do not exist' }),
    missing: z.array(z.string()).meta({ description: 'ids of the first 20 of them' }),
    checkedAt: Instant,
  })
  .meta({ id: 'TickCheck' });
export type TickCheck = z.infer<typeof TickCheck>;

/** One line of the schedule ledger: what the generation of a business date was to make and made. */
export const GenerationLine = z
  .object({
    env: Env,
    project: Key,
    bizDate: BizDate,
    generationId: z.string(),
    cutoffAt: Instant.meta({ description: 'versions published after it were not used' }),
    startedAt: Instant,
    finishedAt: Instant.optional().meta({ description: 'missing: begun and not finished' }),
    expected: z.int().min(0).optional().meta({ description: 'instances planned' }),
    created: z.int().min(0).optional(),
    existing: z.int().min(0).optional().meta({ description: 'there before' }),
    edges: z.int().min(0).optional(),
    ticks: TickCheck.optional().meta({ description: 'missing: not checked yet' }),
  })
  .meta({ id: 'GenerationLine' });
export type GenerationLine = z.infer<typeof GenerationLine>;
