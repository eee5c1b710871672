import * as z from 'zod';
import { defaultSpan, timePresets } from '../../../../shared/domain/log/time-span.ts';

const text = z.string().optional().catch(undefined);

/** The whole view of the run logs as it stands in the address: conditions, range, order, line, run to trace. */
export const LogsSearch = z.object({
  text,
  level: text,
  workflow: text,
  task: text,
  version: text,
  run: text,
  region: text,
  operation: text,
  category: text,
  span: z
    .enum([defaultSpan, ...timePresets])
    .optional()
    .catch(undefined),
  from: z.iso.datetime().optional().catch(undefined),
  to: z.iso.datetime().optional().catch(undefined),
  order: z.enum(['asc']).optional().catch(undefined),
  /** Every application instead of the one of the header. */
  all: z.enum(['yes']).optional().catch(undefined),
  line: text,
  trace: text,
});
export type LogsSearch = z.infer<typeof LogsSearch>;
