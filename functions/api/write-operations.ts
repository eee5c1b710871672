import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { BulkRequest } from '../../shared/contracts/api/operation-routes.ts';
import {
  type BulkOperation,
  type OperationAsk,
  type Selection,
  undoableOps,
} from '../../shared/domain/bulk/operation.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import type { ApiStores } from './api-stores.ts';
import { maySee, noOperation, operationRow, planExpiryOf } from './operation-row.ts';
import { requireRole } from './require-role.ts';
import { selectionProblem } from './selection-problem.ts';
import { visibleProjects } from './visible-projects.ts';
import { systemProject, writeAudit } from './write-audit.ts';
import { noGroup } from './write-instances.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  'planOperation' | 'confirmOperation' | 'abortOperation' | 'retryOperation' | 'undoOperation'
>;

type New = Pick<BulkOperation, 'op' | 'comment' | 'of'> & { readonly ask: OperationAsk };

/** Operations on many instances are request records: the stream hands them to their state machine. */
export const writeOperations = (stores: ApiStores): Writes => {
  const { instances, clock } = stores;

  /** The id follows from who asked under which key, so the same key names the same operation, for ever. */
  const create = async (context: ApiContext, { ask, ...asked }: New): Promise<BulkOperation> => {
    const { caller, idempotencyKey } = context;
    const at = clock();
    const operation = await instances.createOperation(
      {
        ...asked,
        id: `op-${hashOf(`${caller.user}\n${idempotencyKey ?? randomUUID()}`)}`,
        status: 'PLANNING',
        actor: caller.user,
        role: caller.role,
        ...{ at, touchedAt: at, chunks: 0, total: 0, ineligible: 0 },
        ...{ succeeded: 0, skipped: 0, failed: 0 },
      },
      ask,
    );
    await note(context, operation, 'plan', { ...ask, of: asked.of });
    return operation;
  };

  const note = (
    context: ApiContext,
    { id, op, projects, comment }: BulkOperation,
    step: 'plan' | 'confirm' | 'abort',
    after: unknown,
    why = comment,
  ): Promise<void> =>
    writeAudit(stores, context, {
      action: `${step}-${op}`,
      object: `operation:${id}`,
      project: projects?.length === 1 && projects[0] ? projects[0] : systemProject,
      comment: why,
      after,
    });

  /** The operation that a person wants to do something with. */
  const known = async (id: string, context: ApiContext) => {
    const operation = await instances.findOperation(id);
    return operation && (await maySee(operation, context)) ? ok(operation) : noOperation(id);
  };

  /** A new operation on items of one that is over. */
  const follow = async (
    id: string,
    context: ApiContext,
    { op, items, comment }: Pick<New, 'comment'> & Follow,
  ): Promise<Result<BulkOperation, RefusalOf<'undoOperation'>>> => {
    const found = await known(id, context);
    if (!found.ok) return found;
    const { status, succeeded, skipped, total } = found.value;
    if (status !== 'DONE' && status !== 'ABORTED')
      return err({
        code: 'operation-not-over',
        detail: `${id} is ${status}; it must be over first`,
      });
    if (op === 'undo' && !undoableOps.includes(found.value.op))
      return err({
        code: 'not-undoable',
        detail: `${found.value.op} cannot be taken back; ${undoableOps.join(', ')} can`,
      });
    if ((items === 'succeeded' ? succeeded : total - succeeded - skipped) === 0)
      return err({ code: 'nothing-left', detail: `${id} has no such instances` });

    const before = await instances.findAsk(id);
    const { downstream } = before.selection;
    const selection: Selection = {
      of: { operation: id, items },
      ...(op === undefined && downstream ? { downstream } : {}),
    };
    const parameters = op === 'undo' ? {} : before.parameters;
    const ask = { selection, parameters };
    return ok(await create(context, { op: op ?? found.value.op, comment, of: id, ask }));
  };

  return {
    async planOperation({ body }, context) {
      const { op, comment, ids, filter, downstream, ...parameters } = body;
      const { resourceGroup } = parameters;
      if (resourceGroup !== undefined && !(await groupExists(stores, resourceGroup)))
        return noGroup(resourceGroup);
      const refused = await selectionProblem(stores, context, body);
      if (refused) return err(refused);

      const projects = await projectsOf(stores, context, filter);
      if (!projects.ok) return projects;
      const selection: Selection = {
        ...(ids ? { ids } : {}),
        ...(filter ? { filter: { ...filter, projects: projects.value } } : {}),
        ...(downstream ? { downstream } : {}),
      };
      const ask = { selection, parameters };
      return ok(operationRow(await create(context, { op, comment, ask })));
    },

    async confirmOperation({ params: { operation: id }, body: { expectedTotal } }, context) {
      const found = await known(id, context);
      if (!found.ok) return found;
      const operation = found.value;
      const { caller } = context;
      if (operation.actor !== caller.user)
        return err({
          code: 'forbidden',
          detail: `${operation.actor} planned it, with what ${operation.actor} may do; plan it yourself to confirm it`,
        });
      if (operation.status !== 'PLANNED')
        return err({
          code: 'operation-not-planned',
          detail: `${id} is ${operation.status}; only a planned operation can be confirmed`,
        });
      const at = clock();
      if (planExpiryOf(operation) <= at)
        return err({
          code: 'plan-expired',
          detail: `the plan is of ${operation.plannedAt}: the instances may have moved on; plan again`,
        });
      if (operation.total !== expectedTotal)
        return err({
          code: 'plan-differs',
          detail: `the plan is for ${operation.total} instances, not for ${expectedTotal}`,
        });

      await instances.confirmOperation(id, at);
      const now = await instances.findOperation(id);
      if (now?.confirmedAt !== at || now.status === 'PLANNED')
        return err({
          code: 'operation-not-planned',
          detail: `${id} was confirmed or aborted meanwhile`,
        });
      await note(context, now, 'confirm', { total: now.total });
      return ok(operationRow(now));
    },

    async abortOperation({ params: { operation: id }, body: { comment } }, context) {
      const found = await known(id, context);
      if (!found.ok) return found;
      const denied = await mayAbort(found.value, context);
      if (denied) return err(denied);

      const by = `aborted by ${context.caller.user}`;
      const done = await instances.abortOperation(id, clock(), comment ? `${by}: ${comment}` : by);
      const now = (await instances.findOperation(id)) ?? found.value;
      if (!done && now.status !== 'ABORTED')
        return err({ code: 'operation-over', detail: `${id} is ${now.status} already` });
      await note(context, now, 'abort', { done: operationRow(now).done }, comment);
      return ok(operationRow(now));
    },

    async retryOperation({ params, body: { comment } }, context) {
      const done = await follow(params.operation, context, { items: 'unfinished', comment });
      if (done.ok) return ok(operationRow(done.value));
      const { code } = done.error;
      if (code === 'not-undoable') throw new Error('a retry asked for an undo');
      return err({ ...done.error, code });
    },

    async undoOperation({ params, body: { comment } }, context) {
      const done = await follow(params.operation, context, {
        ...{ op: 'undo', items: 'succeeded', comment },
      });
      return done.ok ? ok(operationRow(done.value)) : done;
    },
  };
};

type Follow = {
  readonly op?: 'undo';
  readonly items: NonNullable<Selection['of']>['items'];
};

const groupExists = async ({ catalog }: ApiStores, name: string): Promise<boolean> =>
  name === 'default' || (await catalog.findGroup(name)) !== undefined;

/** Where a filter looks: the named projects, in each of which the caller must be an operator, else all where that is so. */
const projectsOf = async (
  stores: ApiStores,
  context: ApiContext,
  filter: z.output<typeof BulkRequest>['filter'],
): Promise<Result<string[] | undefined, RefusalOf<'planOperation'>>> => {
  if (!filter || filter.run !== undefined) return ok(filter?.projects);
  if (filter.projects) {
    for (const project of filter.projects) {
      const denied = await requireRole(context, project, 'operator');
      if (denied) return err(denied);
    }
    return ok(filter.projects);
  }
  const mine: string[] = [];
  for (const { name } of await visibleProjects(stores, context))
    if (!(await requireRole(context, name, 'operator'))) mine.push(name);
  return mine.length > 0
    ? ok(mine)
    : err({ code: 'forbidden', detail: 'it needs the role operator in at least one project' });
};

/** Whoever asked for it, and whoever may operate all that it touches. */
const mayAbort = async (
  { actor, projects = [] }: BulkOperation,
  context: ApiContext,
): Promise<(RefusalOf<'abortOperation'> & { readonly code: 'forbidden' }) | undefined> => {
  if (context.caller.user === actor) return undefined;
  if (rankOfRole(context.caller.role) >= rankOfRole('operator')) return undefined;
  for (const project of projects) {
    const denied = await requireRole(context, project, 'operator');
    if (denied) return denied;
  }
  return projects.length > 0
    ? undefined
    : { code: 'forbidden', detail: `only ${actor} or an operator may abort it` };
};
