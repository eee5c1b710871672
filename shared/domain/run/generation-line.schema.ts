import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';

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
  })
  .meta({ id: 'GenerationLine' });
export type GenerationLine = z.infer<typeof GenerationLine>;
