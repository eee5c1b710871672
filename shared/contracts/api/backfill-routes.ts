import * as z from 'zod';
import { BackfillSpec } from '../../domain/backfill/backfill.schema.ts';
import { FlowStatus } from '../../domain/backfill/flow-status.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import {
  BackfillMatrix,
  BackfillMoves,
  BackfillPreview,
  BackfillRow,
  BackfillView,
  backfillParams,
} from './backfill-view.ts';
import { comment, listOf, none, pageOf, paging, projectParams } from './common.ts';
import type { RouteContract } from './route.ts';

const look = {
  method: 'GET',
  tag: 'backfills',
  role: 'viewer',
  project: 'params',
  lambda: 'read',
  params: backfillParams,
  status: 200,
} as const;

const change = {
  method: 'POST',
  tag: 'backfills',
  role: 'operator',
  project: 'params',
  lambda: 'write',
  idempotency: 'optional',
  params: backfillParams,
  query: none,
  status: 200,
} as const;

const asked = BackfillSpec.extend({ comment });
const why = z.object({ comment });
const further = z.object({
  comment,
  cursor: z.string().max(200).optional().meta({ description: 'go on where the last call ended' }),
});

const selectionProblems = [
  'project-not-found',
  'not-dev-prod',
  'task-not-found',
  'too-many-tasks',
  'too-many-instances',
  'nothing-selected',
] as const;

const missing = ['backfill-not-found'] as const;
const editProblems = ['backfill-not-found', 'not-pending', 'changed-meanwhile'] as const;

export const backfillRoutes = {
  previewBackfill: {
    ...look,
    method: 'POST',
    lambda: 'plan',
    path: '/api/projects/{project}/backfills/preview',
    summary: 'What a backfill would create: exact dates in groups and order, exact instances',
    role: 'operator',
    params: projectParams,
    query: none,
    body: asked,
    reply: BackfillPreview,
    problems: [...selectionProblems],
  },
  createBackfill: {
    ...change,
    path: '/api/projects/{project}/backfills',
    summary: 'Backfill tasks for business dates, now, later, periodically or when somebody asks',
    idempotency: 'required',
    params: projectParams,
    body: asked,
    reply: BackfillRow,
    status: 202,
    problems: [...selectionProblems],
  },
  listBackfills: {
    ...look,
    path: '/api/backfills',
    summary: 'Backfills, newest first: pending ones and submitted ones',
    role: 'member',
    project: 'each',
    params: none,
    query: z.object({
      ...paging,
      env: Env.default('prod'),
      project: Key.optional(),
      state: z.enum(['pending', 'submitted']).optional(),
      status: listOf(FlowStatus.options).optional(),
      owner: z.string().max(128).optional().meta({ description: 'who submitted it' }),
      bizDate: BizDate.optional().meta({ description: 'it fills this date' }),
      from: Instant.optional().meta({ description: 'created at or after it' }),
      to: Instant.optional().meta({ description: 'created at or before it' }),
    }),
    reply: pageOf(BackfillRow),
    problems: ['invalid-cursor', 'project-not-found'],
  },
  getBackfill: {
    ...look,
    path: '/api/projects/{project}/backfills/{backfill}',
    summary: 'One backfill with its flow status and the status of each date',
    query: none,
    reply: BackfillView,
    problems: [...missing],
  },
  getBackfillMatrix: {
    ...look,
    lambda: 'plan',
    path: '/api/projects/{project}/backfills/{backfill}/matrix',
    summary: 'Task × date: what became of each instance',
    query: z.object({
      from: z.coerce.number().int().min(0).default(0).meta({ description: 'first date, from 0' }),
      dates: z.coerce.number().int().min(1).max(31).default(14),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: paging.cursor,
    }),
    reply: BackfillMatrix,
    problems: [...missing, 'invalid-cursor'],
  },
  updateBackfill: {
    ...change,
    method: 'PUT',
    path: '/api/projects/{project}/backfills/{backfill}',
    summary: 'Replace a pending backfill',
    ifMatch: true,
    body: asked,
    reply: BackfillRow,
    problems: [...editProblems, ...selectionProblems],
  },
  deleteBackfill: {
    ...change,
    method: 'DELETE',
    path: '/api/projects/{project}/backfills/{backfill}',
    summary: 'Delete a pending backfill; what it has submitted stays',
    ifMatch: true,
    reply: z.object({ deleted: z.literal(true) }),
    problems: [...editProblems],
  },
  pauseBackfill: {
    ...change,
    path: '/api/projects/{project}/backfills/{backfill}/pause',
    summary: 'Keep a pending backfill from being submitted',
    body: why,
    reply: BackfillRow,
    problems: [...editProblems],
  },
  resumeBackfill: {
    ...change,
    path: '/api/projects/{project}/backfills/{backfill}/resume',
    summary: 'Let a pending backfill be submitted again',
    body: why,
    reply: BackfillRow,
    problems: [...editProblems],
  },
  runBackfill: {
    ...change,
    path: '/api/projects/{project}/backfills/{backfill}/run',
    summary: 'Submit a pending backfill now; answers the submitted one',
    idempotency: 'required',
    body: why,
    reply: BackfillRow,
    status: 202,
    problems: [...editProblems],
  },
  terminateBackfill: {
    ...change,
    path: '/api/projects/{project}/backfills/{backfill}/terminate',
    summary: 'Terminate what is on its way and pause what waits, up to 500 instances a call',
    body: further,
    reply: BackfillMoves,
    problems: [...missing, 'not-submitted'],
  },
  rerunBackfill: {
    ...change,
    path: '/api/projects/{project}/backfills/{backfill}/rerun-failed',
    summary: 'Rerun what has failed, up to 500 instances a call',
    body: further,
    reply: BackfillMoves,
    problems: [...missing, 'not-submitted'],
  },
} as const satisfies Record<string, RouteContract>;
