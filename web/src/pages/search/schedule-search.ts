import * as z from 'zod';

const text = z.string().optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** What the timeline of schedules shows. */
export const ScheduleSearch = z.object({
  horizon: z.enum(['7d']).optional().catch(undefined),
  from: day,
  workflow: text,
  least: z.enum(['5', '10', '50', '100', '500']).optional().catch(undefined),
  /** The five minutes whose workflows are listed. */
  at: z.iso.datetime().optional().catch(undefined),
});
export type ScheduleSearch = z.infer<typeof ScheduleSearch>;

/** Which ticks of a workflow are shown. Lists of values are comma-separated. */
export const TicksSearch = z.object({
  from: day,
  to: day,
  status: text,
  trigger: text,
  late: text,
});
export type TicksSearch = z.infer<typeof TicksSearch>;

/** Which part of the schedule ledger is shown. */
export const LedgerSearch = z.object({
  days: z.enum(['14', '31']).optional().catch(undefined),
  bizDate: day,
});
export type LedgerSearch = z.infer<typeof LedgerSearch>;
