import * as z from 'zod';
import { Calendar } from '../../domain/calendar/calendar.schema.ts';
import { Dataset } from '../../domain/dataset/dataset.schema.ts';
import { DatasetUpdate } from '../../domain/dataset/dataset-update.schema.ts';
import { Key } from '../../domain/kernel/key.schema.ts';
import { nameParams, none, pageOf, paging } from './common.ts';
import type { RouteContract } from './route.ts';

const revision = { rev: z.int().min(1) };

export const CalendarView = Calendar.extend(revision).meta({ id: 'CalendarView' });
/** Workflows whose newest or online version names the calendar. */
const CalendarUse = z
  .object({
    items: z.array(z.object({ project: Key, workflow: Key, tasks: z.array(Key) })),
    hidden: z
      .int()
      .min(0)
      .meta({ description: 'workflows of projects that the caller may not see' }),
  })
  .meta({ id: 'CalendarUse' });
const DatasetView = Dataset.extend({ ...revision, updated: DatasetUpdate.optional() }).meta({
  id: 'DatasetView',
});

const Deleted = z.object({ deleted: z.literal(true) });
const inProject = z.object({ project: Key });
const named = z.object({ project: Key, name: Key });

const look = {
  method: 'GET',
  role: 'viewer',
  project: 'params',
  lambda: 'read',
  status: 200,
} as const;
const edit = {
  role: 'developer',
  project: 'params',
  lambda: 'write',
  idempotency: 'optional',
  query: none,
} as const;

export const catalogRoutes = {
  listCalendars: {
    ...look,
    path: '/api/calendars',
    summary: 'All calendars',
    tag: 'calendars',
    role: 'member',
    project: 'system',
    params: none,
    query: none,
    reply: z.object({ items: z.array(CalendarView) }),
    problems: [],
  },
  createCalendar: {
    ...edit,
    method: 'POST',
    path: '/api/calendars',
    summary: 'Add a calendar',
    tag: 'calendars',
    role: 'admin',
    project: 'system',
    params: none,
    body: Calendar,
    reply: CalendarView,
    status: 201,
    problems: ['already-exists'],
  },
  updateCalendar: {
    ...edit,
    method: 'PUT',
    path: '/api/calendars/{name}',
    summary: 'Replace a calendar; generation from now on follows it',
    tag: 'calendars',
    role: 'admin',
    project: 'system',
    ifMatch: true,
    params: nameParams,
    body: Calendar.omit({ name: true }),
    reply: CalendarView,
    status: 200,
    problems: ['calendar-not-found'],
  },
  deleteCalendar: {
    ...edit,
    method: 'DELETE',
    path: '/api/calendars/{name}',
    summary: 'Remove a calendar that no task names',
    tag: 'calendars',
    role: 'admin',
    project: 'system',
    ifMatch: true,
    params: nameParams,
    reply: Deleted,
    status: 200,
    problems: ['calendar-not-found', 'in-use'],
  },
  getCalendarUse: {
    ...look,
    path: '/api/calendars/{name}/use',
    summary: 'The tasks that name a calendar',
    tag: 'calendars',
    role: 'member',
    project: 'each',
    params: nameParams,
    query: none,
    reply: CalendarUse,
    problems: ['calendar-not-found'],
  },
  listDatasets: {
    ...look,
    path: '/api/projects/{project}/datasets',
    summary: 'The datasets that sql and check tasks of a project may use',
    tag: 'datasets',
    params: inProject,
    query: z.object(paging),
    reply: pageOf(DatasetView),
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getDataset: {
    ...look,
    path: '/api/projects/{project}/datasets/{name}',
    summary: 'One dataset',
    tag: 'datasets',
    params: named,
    query: none,
    reply: DatasetView,
    problems: ['dataset-not-found'],
  },
  createDataset: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/datasets',
    summary: 'Register a dataset',
    tag: 'datasets',
    params: inProject,
    body: Dataset.omit({ project: true }),
    reply: DatasetView,
    status: 201,
    problems: ['project-not-found', 'already-exists'],
  },
  updateDataset: {
    ...edit,
    method: 'PUT',
    path: '/api/projects/{project}/datasets/{name}',
    summary: 'Replace a dataset',
    tag: 'datasets',
    ifMatch: true,
    params: named,
    body: Dataset.omit({ project: true, name: true }),
    reply: DatasetView,
    status: 200,
    problems: ['dataset-not-found'],
  },
  deleteDataset: {
    ...edit,
    method: 'DELETE',
    path: '/api/projects/{project}/datasets/{name}',
    summary: 'Take a dataset out of the registry; its files stay',
    tag: 'datasets',
    ifMatch: true,
    params: named,
    reply: Deleted,
    status: 200,
    problems: ['dataset-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
