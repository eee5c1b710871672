import type { EventOut } from './event-out.ts';

const common = {
  schemaVersion: 1,
  at: '2026-11-20T02:31:07.000Z',
  env: 'prod',
  project: 'sales',
} as const;

/** One example of each event, held against its schema by a test and printed in the catalog of events. */
export const eventExamples: readonly EventOut[] = [
  {
    type: 'Instance Ended',
    detail: {
      ...common,
      id: 'prod~sales~daily~r~20261119~1~load~1#5',
      runId: 'prod~sales~daily~r~20261119~1',
      workflow: 'daily',
      task: 'load',
      instance: 'prod~sales~daily~r~20261119~1~load~1',
      bizDate: '2026-11-19',
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
    type: 'Definition Published',
    detail: { ...common, id: 'prod~sales~daily#7', workflow: 'daily', version: 7, actor: 'ann' },
  },
];
