import * as z from 'zod';
import { DayWindow } from '../alert/alert-rule.schema.ts';
import { Key } from '../kernel/key.schema.ts';
import { BizDate, Zone } from '../kernel/time.schema.ts';

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'must be HH:mm' });

/** Who is on duty when: people or groups that take turns (nodes-and-instances 7.5). Members are names of contacts. */
export const DutySchedule = z
  .object({
    name: Key.meta({ description: 'cannot be changed later' }),
    title: z.string().trim().min(1).max(64),
    zone: Zone,
    turns: z
      .array(
        z.object({
          primary: Key,
          backup: Key.optional(),
          others: z.array(Key).max(20).default([]),
        }),
      )
      .min(1)
      .max(20),
    every: z.discriminatedUnion('unit', [
      z.object({ unit: z.literal('day'), count: z.int().min(1).max(366) }),
      z.object({ unit: z.literal('week'), count: z.int().min(1).max(53) }),
      z.object({ unit: z.literal('month'), count: z.int().min(1).max(12) }),
    ]),
    startsOn: BizDate,
    handOverAt: clock.default('09:00'),
    hours: DayWindow.optional().meta({ description: 'default: all day' }),
    outside: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('owner') }),
        z.object({ kind: z.literal('contact'), name: Key }),
      ])
      .optional()
      .meta({ description: 'who is told outside of the hours' }),
    swaps: z
      .array(z.object({ date: BizDate, primary: Key }))
      .max(366)
      .default([])
      .meta({ description: 'somebody else stands in on a day' }),
  })
  .meta({ id: 'DutySchedule' });
export type DutySchedule = z.infer<typeof DutySchedule>;
