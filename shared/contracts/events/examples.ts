import type * as z from 'zod';
import type { EventInType, eventsIn } from './event-in.ts';
import type { EventOut } from './event-out.ts';

const common = {
  schemaVersion: 1,
  at: '2026-11-20T02:31:07.000Z',
  env: 'prod',
  project: 'sales',
} as const;

const load = {
  runId: 'prod~sales~daily~r~20261119~1',
  workflow: 'daily',
  task: 'load',
  instance: 'prod~sales~daily~r~20261119~1~load~1',
  bizDate: '2026-11-19',
} as const;

const incident = {
  incident: 'prod~sales~20261120T023107~load',
  cause: {
    kind: 'error',
    instance: load.instance,
    workflow: 'daily',
    task: 'load',
    error: 'timed out after 240 s',
  },
  failures: 1,
  openedAt: common.at,
} as const;

/** One example of each event, held against its schema by a test and printed in the catalog of events. */
export const eventExamples: readonly EventOut[] = [
  {
    type: 'Instance Ended',
    detail: {
      ...common,
      id: 'prod~sales~daily~r~20261119~1~load~1#5',
      ...load,
      status: 'FAILED',
      outcome: 'timed-out',
      attempt: 2,
      error: 'timed out after 240 s',
    },
  },
  {
    type: 'Workflow Run Ended',
    detail: {
      ...common,
      id: 'prod~sales~daily~r~20261119~1#12',
      runId: 'prod~sales~daily~r~20261119~1',
      workflow: 'daily',
      bizDate: '2026-11-19',
      status: 'FAILED',
      total: 4,
      failed: 1,
    },
  },
  {
    type: 'Instances Generated',
    detail: {
      ...common,
      id: 'prod~sales~2026-11-19#generated',
      bizDate: '2026-11-19',
      instances: 312,
      existing: 0,
    },
  },
  {
    type: 'Instance Moved',
    detail: {
      ...common,
      id: `${load.instance}#4#moved`,
      ...load,
      family: 'recurring',
      seq: 4,
      move: 'claim',
      from: 'SUBMITTED',
      to: 'RUNNING',
      attempt: 1,
      actor: 'system:run',
    },
  },
  {
    type: 'Workflow Run Started',
    detail: {
      ...common,
      id: 'prod~sales~daily~r~20261119~1#started#2026-11-20T02:00:00.000Z',
      runId: load.runId,
      workflow: 'daily',
      bizDate: '2026-11-19',
      family: 'recurring',
      version: 7,
    },
  },
  {
    type: 'Backfill Started',
    detail: {
      ...common,
      id: '3f2a91c04b7d#started',
      backfill: '3f2a91c04b7d',
      instances: 124,
      existing: 0,
    },
  },
  {
    type: 'Backfill Ended',
    detail: {
      ...common,
      id: '3f2a91c04b7d#ended#prod~sales~daily~b-3f2a91c04b7d~20261119~1#9',
      backfill: '3f2a91c04b7d',
      status: 'SUCCESS',
      runs: 31,
      failedRuns: 0,
      instances: 124,
      failed: 0,
    },
  },
  {
    type: 'Dataset Updated',
    detail: {
      ...common,
      id: `${load.instance}#6#dataset`,
      dataset: 'orders',
      rows: 48211,
      by: 'sales/daily/load',
      instance: load.instance,
      bizDate: '2026-11-19',
    },
  },
  {
    type: 'Incident Opened',
    detail: { ...common, id: `${incident.incident}#opened`, ...incident },
  },
  {
    type: 'Incident Recovered',
    detail: {
      ...common,
      at: '2026-11-20T03:02:44.000Z',
      id: `${incident.incident}#recovered`,
      ...incident,
      failures: 12,
    },
  },
  {
    type: 'Alert Fired',
    detail: {
      ...common,
      id: `sales/late-load/${load.instance}#1`,
      alert: `sales/late-load/${load.instance}`,
      rule: 'late-load',
      ruleName: 'Load_is_late',
      severity: 'critical',
      kind: 'task-not-completed',
      object: load.instance,
      workflow: 'daily',
      task: 'load',
      bizDate: '2026-11-19',
      count: 1,
    },
  },
  {
    type: 'Notice Issued',
    detail: {
      ...common,
      id: `sales/nightly/${load.runId}#12`,
      notice: `sales/nightly/${load.runId}#12`,
      rule: { kind: 'notification', project: 'sales', name: 'nightly', rev: 3 },
      reason: 'occurrence',
      kind: 'run-failed',
      workflow: 'daily',
      runId: load.runId,
      count: 1,
      recipients: 2,
    },
  },
  {
    type: 'Definition Published',
    detail: { ...common, id: 'prod~sales~daily#7', workflow: 'daily', version: 7, actor: 'ann' },
  },
];

/** One example of each event that others may put on the bus. */
export const eventInExamples: { readonly [T in EventInType]: z.input<(typeof eventsIn)[T]> } = {
  'Run Requested': {
    schemaVersion: 1,
    project: 'sales',
    workflow: 'daily',
    bizDate: '2026-11-19',
    parameters: { region: 'emea' },
    idempotencyKey: 'orders-2026-11-19',
    comment: 'the orders of the day have arrived',
  },
  'Task Result': {
    schemaVersion: 1,
    instance: load.instance,
    attempt: 1,
    outputs: { file: 'orders-2026-11-19.parquet' },
    rows: 48211,
  },
  'Task Progress': {
    schemaVersion: 1,
    instance: load.instance,
    attempt: 1,
    percent: 40,
    rows: 19000,
    message: 'reading orders',
  },
  'Task Log': {
    schemaVersion: 1,
    instance: load.instance,
    attempt: 1,
    batch: '9f1c-1',
    lines: [
      {
        at: '2026-11-20T02:00:07.000Z',
        level: 'WARN',
        text: 'order without a customer',
        category: 'rejects',
        fields: { order: 4711 },
      },
    ],
  },
  'Dataset Updated': {
    schemaVersion: 1,
    project: 'sales',
    dataset: 'orders',
    at: '2026-11-20T01:58:00.000Z',
    rows: 48211,
    partition: 'day=2026-11-19',
  },
};
