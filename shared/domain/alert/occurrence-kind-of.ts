import type { OccurrenceKind } from '../notice/occurrence.schema.ts';
import type { AlertCondition } from './alert-rule.schema.ts';

/** What happened when a condition is met. */
export const occurrenceKindOf = {
  error: 'task-failed',
  completed: 'task-succeeded',
  timeout: 'task-timeout',
  'not-completed': 'task-not-completed',
  'not-started': 'task-not-started',
  'auto-retried': 'auto-retried',
  'log-keyword': 'log-keyword',
  'failed-count': 'failed-count',
  'failed-share': 'failed-share',
} as const satisfies Record<AlertCondition['on'], OccurrenceKind>;
