import * as z from 'zod';
import { AttemptProgress, AttemptResult, LogBatch } from '../../domain/report/report.schema.ts';
import { none } from './common.ts';
import type { RouteContract } from './route.ts';

const report = {
  method: 'POST',
  tag: 'instances',
  role: 'operator',
  project: 'instance',
  lambda: 'write',
  idempotency: 'optional',
  params: z.object({
    instance: z.string().max(400),
    attempt: z.coerce.number().int().min(1),
  }),
  query: none,
  status: 200,
} as const;

/** What the code of a task may tell of its attempt by a call; the events of the bus say the same. */
export const reportRoutes = {
  reportLog: {
    ...report,
    path: '/api/instances/{instance}/attempts/{attempt}/log',
    summary: 'Add lines to the run log of an attempt, while it runs and up to 15 minutes after',
    body: LogBatch,
    reply: z.object({ lines: z.int().min(0) }).meta({ id: 'LinesKept' }),
    problems: ['instance-not-found', 'attempt-not-found'],
  },
  reportProgress: {
    ...report,
    path: '/api/instances/{instance}/attempts/{attempt}/progress',
    summary: 'Say how far a running attempt is',
    body: AttemptProgress,
    reply: z.object({ newest: z.boolean() }).meta({ id: 'ProgressKept' }),
    problems: ['instance-not-found', 'attempt-not-found', 'not-running'],
  },
  reportResult: {
    ...report,
    path: '/api/instances/{instance}/attempts/{attempt}/result',
    summary: 'Say what a running attempt came to; it counts when the attempt ends',
    body: AttemptResult,
    reply: z.object({ counts: z.boolean() }).meta({ id: 'ResultKept' }),
    problems: ['instance-not-found', 'attempt-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
