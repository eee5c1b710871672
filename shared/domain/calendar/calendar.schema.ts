import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { BizDate } from '../kernel/time.schema.ts';

/** Which days count as working days: a weekly pattern and the exceptions to it. An extra day beats a holiday. */
export const Calendar = z
  .object({
    name: Key,
    kind: z.literal('workdays'),
    description: z.string().max(1024).optional(),
    weekdays: z
      .array(z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']))
      .max(7)
      .default(['MON', 'TUE', 'WED', 'THU', 'FRI']),
    holidays: z.array(BizDate).max(2000).default([]).meta({ description: 'days off in the week' }),
    extraDays: z
      .array(BizDate)
      .max(2000)
      .default([])
      .meta({ description: 'working days outside the week, such as a worked Saturday' }),
  })
  .meta({ id: 'Calendar' });
export type Calendar = z.infer<typeof Calendar>;
