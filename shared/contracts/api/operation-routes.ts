import * as z from 'zod';
import { problemsOfFilter } from '../../domain/bulk/matches-filter.ts';
import {
  BulkOp,
  BulkOperation,
  DownstreamSelection,
  ItemResult,
  OperationFilter,
  OperationItem,
  OperationParameters,
  OperationStatus,
  Selection,
} from '../../domain/bulk/operation.schema.ts';
import { PlanSummary } from '../../domain/bulk/plan-summary.schema.ts';
import { Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { batchLimit, comment, listOf, none, pageOf, paging } from './common.ts';
import type { RouteContract } from './route.ts';

/** An operation in a list. */
export const OperationRow = BulkOperation.omit({ role: true, touchedAt: true, chunks: true })
  .extend({
    done: z.int().min(0).meta({ description: 'succeeded, skipped and failed' }),
    planExpiresAt: z.string().optional().meta({ description: 'until when it can be confirmed' }),
  })
  .meta({ id: 'OperationRow' });
export type OperationRow = z.infer<typeof OperationRow>;

/** An operation with what was asked and what it would do. */
export const OperationDetail = OperationRow.extend({
  selection: Selection,
  parameters: OperationParameters,
  plan: PlanSummary.optional(),
}).meta({ id: 'OperationDetail' });
export type OperationDetail = z.infer<typeof OperationDetail>;

/** What became of one instance; `pending` as long as nothing has, `ineligible` when nothing will. */
export const ItemState = z.enum([...ItemResult.options, 'pending', 'ineligible']);
export type ItemState = z.infer<typeof ItemState>;

export const OperationItemRow = OperationItem.pick({ id: true, level: true })
  .extend({
    result: ItemState,
    reason: z.string().optional(),
    status: Status.optional().meta({ description: 'of the instance now' }),
    outcome: Outcome.optional(),
  })
  .meta({ id: 'OperationItemRow' });
export type OperationItemRow = z.infer<typeof OperationItemRow>;

const needed: Partial<Record<BulkOp, readonly (keyof OperationParameters)[]>> = {
  'set-priority': ['priority'],
  'set-resource-group': ['resourceGroup'],
  hold: ['reason'],
};

/** What to do to which instances. Exactly one of `ids`, `filter` and `downstream` says which. */
export const BulkRequest = OperationParameters.extend({
  op: BulkOp,
  ids: z
    .array(z.string().max(400))
    .min(1)
    .max(batchLimit, {
      error: `must hold at most ${batchLimit} ids; select by a filter instead`,
    })
    .optional(),
  filter: OperationFilter.optional(),
  downstream: DownstreamSelection.optional(),
  comment,
})
  .superRefine((request, context) => {
    const issue = (path: readonly string[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    const { op, ids, filter, downstream } = request;
    const given = [ids, filter, downstream].filter((each) => each !== undefined);

    if (op === 'rerun-downstream') {
      if (!downstream) issue(['downstream'], 'is needed by rerun-downstream');
      if (ids ?? filter) issue([ids ? 'ids' : 'filter'], 'does not go with rerun-downstream');
    } else if (downstream) issue(['downstream'], 'goes with rerun-downstream only');
    else if (given.length !== 1) issue(['ids'], 'give either ids or a filter');
    if (downstream && (downstream.range === 'list') !== (downstream.ids !== undefined))
      issue(['downstream', 'ids'], 'goes with range list, and is needed by it');
    for (const field of needed[op] ?? [])
      if (request[field] === undefined) issue([field], `is needed by ${op}`);
    for (const problem of filter ? problemsOfFilter(filter) : [])
      issue(['filter', ...problem.path], problem.message);
  })
  .meta({ id: 'BulkRequest' });

const params = z.object({ operation: z.string().max(40) });

const change = {
  method: 'POST',
  tag: 'operations',
  role: 'member',
  project: 'each',
  lambda: 'write',
  idempotency: 'required',
  query: none,
  reply: OperationRow,
  status: 202,
} as const;

const look = {
  method: 'GET',
  tag: 'operations',
  role: 'member',
  project: 'each',
  lambda: 'read',
  status: 200,
} as const;

/** Operations on many instances: plan, confirm, watch, abort, retry, undo. */
export const operationRoutes = {
  planOperation: {
    ...change,
    path: '/api/operations',
    summary: 'Plan an operation on many instances; nothing is done before it is confirmed',
    params: none,
    body: BulkRequest,
    problems: ['instance-not-found', 'move-not-allowed', 'resource-group-not-found'],
  },
  confirmOperation: {
    ...change,
    path: '/api/operations/{operation}/confirm',
    summary: 'Carry out a planned operation on exactly the instances that the plan shows',
    idempotency: 'optional',
    params,
    body: z.object({
      expectedTotal: z.int().min(1).meta({ description: 'the number that the plan showed' }),
    }),
    problems: ['operation-not-found', 'operation-not-planned', 'plan-differs', 'plan-expired'],
  },
  abortOperation: {
    ...change,
    path: '/api/operations/{operation}/abort',
    summary: 'Stop it: what has been done stays, the rest is left alone',
    idempotency: 'optional',
    params,
    body: z.object({ comment }),
    problems: ['operation-not-found', 'operation-over'],
  },
  retryOperation: {
    ...change,
    path: '/api/operations/{operation}/retry',
    summary: 'Plan the same operation on the instances that failed or were not reached',
    params,
    body: z.object({ comment }),
    problems: ['operation-not-found', 'operation-not-over', 'nothing-left'],
  },
  undoOperation: {
    ...change,
    path: '/api/operations/{operation}/undo',
    summary: 'Plan to take it back where nothing has followed from it',
    params,
    body: z.object({ comment }),
    problems: ['operation-not-found', 'operation-not-over', 'not-undoable', 'nothing-left'],
  },
  listOperations: {
    ...look,
    path: '/api/operations',
    summary: 'Operations on many instances, the newest first',
    params: none,
    query: z.object({
      status: listOf(OperationStatus.options).optional(),
      op: listOf(BulkOp.options).optional(),
      actor: z.string().max(128).optional(),
      ...paging,
    }),
    reply: pageOf(OperationRow),
    problems: ['invalid-cursor'],
  },
  getOperation: {
    ...look,
    path: '/api/operations/{operation}',
    summary: 'One operation: its plan, and how far it is',
    params,
    query: none,
    reply: OperationDetail,
    problems: ['operation-not-found'],
  },
  listOperationItems: {
    ...look,
    path: '/api/operations/{operation}/items',
    summary: 'Its instances in the order of work, each with its result',
    params,
    query: z.object({ result: ItemState.optional(), ...paging }),
    reply: pageOf(OperationItemRow),
    problems: ['operation-not-found', 'invalid-cursor'],
  },
} as const satisfies Record<string, RouteContract>;
