import * as z from 'zod';

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be HH:mm between 00:00 and 23:59' })
  .meta({ example: '02:30' });

/**
 * When a task falls due, in the project's zone (nodes-and-instances 6.2). A window is closed at both ends. Week, month
 * and year forms still get one instance on each off day, which succeeds without running.
 */
export const Schedule = z
  .discriminatedUnion('every', [
    z.object({
      every: z.literal('minute'),
      interval: z.int().min(1).max(59),
      from: clock.default('00:00'),
      to: clock.default('23:59'),
    }),
    z.object({
      every: z.literal('hour'),
      interval: z.int().min(1).max(23).default(1),
      from: clock.default('00:00'),
      to: clock.default('23:59'),
      at: z
        .array(clock)
        .min(1)
        .max(24)
        .optional()
        .meta({ description: 'time points instead of an interval' }),
    }),
    z.object({ every: z.literal('day'), at: clock.default('00:00') }),
    z.object({
      every: z.literal('week'),
      on: z
        .array(z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']))
        .min(1)
        .max(7),
      at: clock.default('00:00'),
    }),
    z.object({
      every: z.literal('month'),
      on: z
        .array(z.union([z.int().min(1).max(31), z.literal('last')]))
        .min(1)
        .max(32),
      at: clock.default('00:00'),
    }),
    z.object({
      every: z.literal('year'),
      on: z
        .array(
          z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: 'must be MM-DD' }),
        )
        .min(1)
        .max(366),
      at: clock.default('00:00'),
    }),
    z.object({ every: z.literal('cron'), cron: z.string().max(256) }),
  ])
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof Schedule>;

/** What to do with a local time that does not exist: run at the first valid minute, or not at all (design.md §6). */
export const DstPolicy = z.enum(['shift', 'skip']).meta({ id: 'DstPolicy' });
export type DstPolicy = z.infer<typeof DstPolicy>;

/** One fire of a schedule. `local` is the wall time that was asked for, `shifted` tells that it does not exist. */
export const Occurrence = z
  .object({
    at: z.iso.datetime(),
    local: z.string().meta({ example: '2026-03-29T02:30' }),
    shifted: z.boolean(),
  })
  .meta({ id: 'Occurrence' });
export type Occurrence = z.infer<typeof Occurrence>;

/** One cycle of a run date. On an off day its only cycle succeeds without running (nodes-and-instances 6.2). */
export const DayOccurrence = Occurrence.extend({ offDay: z.boolean() }).meta({
  id: 'DayOccurrence',
});
export type DayOccurrence = z.infer<typeof DayOccurrence>;
