import * as z from 'zod';
import { DutySchedule } from '../../domain/duty/duty-schedule.schema.ts';
import { Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { nameParams, none } from './common.ts';
import type { RouteContract } from './route.ts';

export const DutyScheduleView = DutySchedule.extend({ rev: z.int().min(1) }).meta({
  id: 'DutyScheduleView',
});
export type DutyScheduleView = z.infer<typeof DutyScheduleView>;

/** Who has the shift. */
const Shift = z
  .object({
    from: Instant,
    to: Instant,
    primary: Key,
    backup: Key.optional(),
    others: z.array(Key),
    swapped: z.boolean().meta({ description: 'somebody stands in' }),
  })
  .meta({ id: 'DutyShift' });

const edit = {
  tag: 'duty schedules',
  role: 'admin',
  project: 'system',
  lambda: 'tell',
  idempotency: 'optional',
  query: none,
} as const;

const look = {
  method: 'GET',
  tag: 'duty schedules',
  role: 'member',
  project: 'system',
  lambda: 'messages',
  status: 200,
} as const;

/** On-duty schedules (nodes-and-instances 7.5): every project may name them, administrators keep them. */
export const dutyRoutes = {
  listDutySchedules: {
    ...look,
    path: '/api/duty-schedules',
    summary: 'On-duty schedules by name',
    params: none,
    query: z.object({
      text: z.string().max(128).optional().meta({ description: 'part of a name, title or person' }),
    }),
    reply: z.object({ items: z.array(DutyScheduleView) }),
    problems: [],
  },
  getDutySchedule: {
    ...look,
    path: '/api/duty-schedules/{name}',
    summary: 'One on-duty schedule',
    params: nameParams,
    query: none,
    reply: DutyScheduleView,
    problems: ['duty-schedule-not-found'],
  },
  previewDuty: {
    ...look,
    path: '/api/duty-schedules/{name}/calendar',
    summary: 'Shifts from one day up to another, at most 92 days',
    params: nameParams,
    query: z.object({ from: BizDate, to: BizDate }),
    reply: z.object({ shifts: z.array(Shift) }),
    problems: ['duty-schedule-not-found'],
  },
  previewDutyDraft: {
    ...look,
    method: 'POST',
    path: '/api/duty-preview',
    summary: 'Shifts of a schedule that is not saved',
    params: none,
    query: z.object({ from: BizDate, to: BizDate }),
    body: DutySchedule,
    reply: z.object({ shifts: z.array(Shift) }),
    problems: [],
  },
  whoIsOnDuty: {
    ...look,
    path: '/api/duty-schedules/{name}/now',
    summary: 'Who is on duty now, or at an instant',
    params: nameParams,
    query: z.object({ at: Instant.optional() }),
    reply: z.object({
      at: Instant,
      within: z.boolean().meta({ description: 'false: outside of the hours of the schedule' }),
      shift: Shift.optional(),
      outside: DutySchedule.shape.outside,
    }),
    problems: ['duty-schedule-not-found'],
  },
  createDutySchedule: {
    ...edit,
    method: 'POST',
    path: '/api/duty-schedules',
    summary: 'Add an on-duty schedule',
    params: none,
    body: DutySchedule,
    reply: DutyScheduleView,
    status: 201,
    problems: ['already-exists', 'changed-meanwhile'],
  },
  updateDutySchedule: {
    ...edit,
    method: 'PUT',
    path: '/api/duty-schedules/{name}',
    summary: 'Replace an on-duty schedule',
    ifMatch: true,
    params: nameParams,
    body: DutySchedule.omit({ name: true }),
    reply: DutyScheduleView,
    status: 200,
    problems: ['duty-schedule-not-found', 'changed-meanwhile'],
  },
  deleteDutySchedule: {
    ...edit,
    method: 'DELETE',
    path: '/api/duty-schedules/{name}',
    summary: 'Remove an on-duty schedule that no rule names',
    ifMatch: true,
    params: nameParams,
    reply: z.object({ deleted: z.literal(true) }),
    status: 200,
    problems: ['duty-schedule-not-found', 'in-use'],
  },
} as const satisfies Record<string, RouteContract>;
