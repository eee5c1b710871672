import * as z from 'zod';
import { AlertRule } from '../domain/alert/alert-rule.schema.ts';
import { DutySchedule } from '../domain/duty/duty-schedule.schema.ts';
import { NotificationRule } from '../domain/notice/notification-rule.schema.ts';

const written = {
  project: 'p',
  createdBy: 'ann',
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
};
const rev = { rev: z.int().default(1) };

/** A notification of project `p` about every item of every workflow, by mail to the owner. */
export const aNotification = (
  more: Partial<z.input<typeof NotificationRule>> & { readonly rev?: number } = {},
) =>
  NotificationRule.extend(rev).parse({
    ...{ ...written, id: 'n1', name: 'All runs', sphere: { kind: 'project' } },
    ...{ items: ['failed', 'started', 'succeeded'], methods: ['mail'] },
    receivers: [{ kind: 'owner' }],
    ...more,
  });

/** An alert rule of project `p` about errors of every task, by mail to the owner. */
export const anAlertRule = (
  more: Partial<z.input<typeof AlertRule>> & { readonly rev?: number } = {},
) =>
  AlertRule.extend(rev).parse({
    ...{ ...written, id: 'a1', name: 'errors', scope: { level: 'project' } },
    ...{ condition: { on: 'error' }, channels: ['mail'], receivers: [{ kind: 'owner' }] },
    ...more,
  });

/** Two people who take turns every day at 09:00 in Berlin. */
export const aDuty = (more: Partial<z.input<typeof DutySchedule>> = {}) =>
  DutySchedule.parse({
    ...{ name: 'night', title: 'Night shift', zone: 'Europe/Berlin', startsOn: '2026-11-02' },
    turns: [{ primary: 'ann' }, { primary: 'bob', backup: 'eve' }],
    every: { unit: 'day', count: 1 },
    ...more,
  });
