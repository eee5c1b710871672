import * as z from 'zod';
import { BatchResult, batchLimit, comment, none } from './common.ts';
import type { RouteContract } from './route.ts';

/** What operators do to a whole run (workflows-and-logs A1.2). */
export const RunOperation = z.enum([
  'stop',
  'pause',
  'resume',
  'rerun-failed',
  'rerun',
  'retry',
  'set-success',
]);
export type RunOperation = z.infer<typeof RunOperation>;

/** Which version a retry runs: the one that the failed run executed, or what is online now. */
export const RetryVersion = z.enum(['original', 'current']);
export type RetryVersion = z.infer<typeof RetryVersion>;

const reason = z
  .string()
  .trim()
  .min(1, { error: 'say why: a retry needs a reason' })
  .max(1024)
  .meta({ description: 'why; kept with the retry and in the operation log' });

/** What became of the instances of the run. */
export const RunChange = z
  .object({
    run: z.string(),
    changed: z.array(z.string()).meta({ description: 'instances that were moved' }),
    failed: z.array(z.object({ id: z.string(), code: z.string(), error: z.string() })),
    more: z.boolean().meta({ description: 'the call was bounded; call again for the rest' }),
  })
  .meta({ id: 'RunChange' });
export type RunChange = z.infer<typeof RunChange>;

const change = {
  method: 'POST',
  tag: 'runs',
  role: 'operator',
  project: 'run',
  lambda: 'write',
  idempotency: 'optional',
  params: z.object({ run: z.string().max(400) }),
  query: none,
  body: z.object({ comment }),
  reply: RunChange,
  status: 200,
  problems: ['run-not-found', 'nothing-changed'],
} as const;

export const runOperationRoutes = {
  stopRun: {
    ...change,
    path: '/api/runs/{run}/stop',
    summary: 'End what is on its way, pause what has not begun',
  },
  pauseRun: {
    ...change,
    path: '/api/runs/{run}/pause',
    summary: 'Start nothing more of it; what runs goes on to its end',
  },
  resumeRun: {
    ...change,
    path: '/api/runs/{run}/resume',
    summary: 'Lift the pauses of its instances',
  },
  rerunFailed: {
    ...change,
    path: '/api/runs/{run}/rerun-failed',
    summary: 'Run again what failed and what it blocked; what succeeded stays (W12)',
  },
  setRunSuccess: {
    ...change,
    path: '/api/runs/{run}/set-success',
    summary: 'Set its failed instances to success, so that what they block goes on',
  },
  rerunRun: {
    ...change,
    path: '/api/runs/{run}/rerun',
    summary: 'Run all of it again as a new run with the same date and parameters (W12)',
    idempotency: 'required',
    reply: z.object({ run: z.string(), retryOf: z.string() }).meta({ id: 'Repeated' }),
    status: 202,
    problems: [
      'run-not-found',
      'project-not-found',
      'workflow-not-found',
      'not-online',
      'task-not-found',
    ],
  },
  retryRun: {
    ...change,
    path: '/api/runs/{run}/retry',
    summary:
      'Re-send a run that failed for good, with its parameters and version, as a new run (W63)',
    idempotency: 'required',
    body: z.object({ version: RetryVersion.default('original'), comment: reason }),
    reply: z.object({ run: z.string(), retryOf: z.string() }).meta({ id: 'Retried' }),
    status: 202,
    problems: [
      'run-not-found',
      'project-not-found',
      'workflow-not-found',
      'not-online',
      'not-failed',
      'not-retryable',
      'retry-active',
      'retry-succeeded',
    ],
  },
  batchRuns: {
    method: 'POST',
    path: '/api/batches/runs',
    summary: 'One operation on up to 100 runs, with a result for each',
    tag: 'runs',
    role: 'member',
    project: 'each',
    lambda: 'write',
    idempotency: 'required',
    params: none,
    query: none,
    body: z
      .object({
        op: RunOperation,
        ids: z
          .array(z.string().max(400))
          .min(1)
          .max(batchLimit, {
            error: `must hold at most ${batchLimit} ids; send a longer selection in several calls`,
          }),
        comment,
        version: RetryVersion.optional().meta({ description: 'of a retry; default: original' }),
      })
      .refine(({ op, comment: given }) => op !== 'retry' || reason.safeParse(given).success, {
        path: ['comment'],
        error: 'say why: a retry needs a reason',
      })
      .meta({ id: 'RunBatch' }),
    reply: BatchResult,
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
