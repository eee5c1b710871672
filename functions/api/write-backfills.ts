import { randomUUID } from 'node:crypto';
import type { Backfill } from '../../shared/domain/backfill/backfill.schema.ts';
import { nextSubmission } from '../../shared/domain/backfill/submit-pending.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { backfillIdOf } from '../backfill/backfill-id.ts';
import { resolveBackfill } from '../backfill/resolve-backfill.ts';
import { requestInstances, submitBackfill } from '../backfill/submit-backfill.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { Revised } from '../stores/collection.ts';
import type { ApiStores } from './api-stores.ts';
import { type AskedBackfill, backfillOfBody, refusedSelection } from './backfill-of-body.ts';
import { backfillRow } from './backfill-standing.ts';
import { moveBackfill } from './move-backfill.ts';
import { findBackfill, noBackfill } from './read-backfills.ts';
import { stale } from './save-document.ts';
import { writeAudit } from './write-audit.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'createBackfill'
  | 'updateBackfill'
  | 'deleteBackfill'
  | 'pauseBackfill'
  | 'resumeBackfill'
  | 'runBackfill'
  | 'terminateBackfill'
  | 'rerunBackfill'
>;

type Place = { readonly project: string; readonly backfill: string };
type Refused = RefusalOf<'pauseBackfill'>;

/** What people do to backfills: each writes the backfill, or a request record that generation answers. */
export const writeBackfills = (stores: ApiStores): Writes => {
  const { instances, clock } = stores;
  const rowOf = backfillRow(instances);

  /** The backfill of a body, refused now if generation would refuse it now. */
  const checked = async (context: ApiContext, project: string, body: AskedBackfill, id: string) => {
    const asked = await backfillOfBody(stores, context)(project, body, id);
    if (!asked.ok) return asked;
    const resolved = await resolveBackfill(stores)(asked.value, clock());
    return resolved.ok ? asked : refusedSelection(resolved.error);
  };
  const note = (
    context: ApiContext,
    action: string,
    { id, project, env }: Backfill,
    more: { readonly comment?: string | undefined; before?: unknown; after?: unknown } = {},
  ) => writeAudit(stores, context, { action, object: `backfill:${id}`, project, env, ...more });

  const pendingAt = async (place: Place): Promise<Result<Revised<Backfill>, Refused>> => {
    const found = await findBackfill(instances, place);
    if (!found) return noBackfill(place.backfill);
    return found.state === 'pending' ? ok(found) : notPending(place.backfill);
  };
  const submittedAt = async (place: Place) => {
    const found = await findBackfill(instances, place);
    if (!found) return noBackfill(place.backfill);
    return found.state === 'submitted'
      ? ok(found)
      : err({
          code: 'not-submitted',
          detail: `${place.backfill} has not been submitted yet`,
        } as const);
  };
  const save = async ({ rev, ...backfill }: Revised<Backfill>) => {
    const saved = await instances.saveBackfill({ ...backfill, updatedAt: clock() }, rev);
    return saved.ok ? ok(await rowOf(saved.value)) : changedMeanwhile(backfill.id);
  };

  return {
    async createBackfill({ params: { project }, body }, context) {
      const id = backfillIdOf(`${context.caller.user}\n${context.idempotencyKey ?? randomUUID()}`);
      const before = await findBackfill(instances, { project, backfill: id });
      if (before) return ok(await rowOf(await requestInstances(stores)(before)));

      const asked = await checked(context, project, body, id);
      if (!asked.ok) return asked;
      const saved = await instances.saveBackfill(asked.value, undefined);
      await note(context, 'backfill', asked.value, { comment: body.comment, after: body });
      const stored = saved.ok ? saved.value : await instances.findBackfill(id);
      if (!stored) return noProjectLeft(project);
      return ok(await rowOf(await requestInstances(stores)(stored)));
    },

    async updateBackfill({ params, body }, context) {
      const before = await pendingAt(params);
      if (!before.ok) return before;
      if (before.value.rev !== context.rev) return stale(before.value.rev);
      if (body.when.kind === 'now') return runsNow;
      const asked = await checked(context, params.project, body, params.backfill);
      if (!asked.ok) return asked;
      const { createdAt, paused } = before.value;
      const next: Backfill = { ...asked.value, createdAt, ...(paused ? { paused } : {}) };
      const saved = await instances.saveBackfill(next, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'update', next, {
        comment: body.comment,
        before: before.value,
        after: next,
      });
      return ok(await rowOf(saved.value));
    },

    async deleteBackfill({ params }, context) {
      const before = await pendingAt(params);
      if (!before.ok) return before;
      if (before.value.rev !== context.rev) return stale(before.value.rev);
      if (!(await instances.removeBackfill(params.backfill, context.rev))) return stale(undefined);
      await note(context, 'delete', before.value, { before: before.value });
      return ok({ deleted: true });
    },

    async pauseBackfill({ params, body: { comment } }, context) {
      const found = await pendingAt(params);
      if (!found.ok) return found;
      const done = await save({ ...found.value, paused: true });
      if (done.ok) await note(context, 'pause', found.value, { comment });
      return done;
    },

    async resumeBackfill({ params, body: { comment } }, context) {
      const found = await pendingAt(params);
      if (!found.ok) return found;
      const { paused: _, nextAt: __, ...rest } = found.value;
      const next = nextSubmission(rest, rest, clock());
      const done = await save({ ...rest, ...(next ? { nextAt: next.nextAt } : {}) });
      if (done.ok) await note(context, 'resume', found.value, { comment });
      return done;
    },

    async runBackfill({ params, body: { comment } }, context) {
      const found = await pendingAt(params);
      if (!found.ok) return found;
      const submitted = await submitBackfill(stores)(found.value, {
        key: context.idempotencyKey ?? randomUUID(),
        actor: context.caller.user,
      });
      if (!submitted) return changedMeanwhile(params.backfill);
      await note(context, 'run', found.value, { comment, after: { submitted: submitted.id } });
      return ok(await rowOf(submitted));
    },

    async terminateBackfill({ params, body: { comment, cursor } }, context) {
      const found = await submittedAt(params);
      if (!found.ok) return found;
      const plan = await instances.findBackfillPlan(params.backfill);
      const asked = { what: 'terminate', comment, cursor } as const;
      const moves = await moveBackfill(stores, context)(found.value, plan, asked);
      await note(context, 'terminate', found.value, { comment, after: moves });
      return ok(moves);
    },

    async rerunBackfill({ params, body: { comment, cursor } }, context) {
      const found = await submittedAt(params);
      if (!found.ok) return found;
      const plan = await instances.findBackfillPlan(params.backfill);
      const asked = { what: 'rerun', comment, cursor } as const;
      const moves = await moveBackfill(stores, context)(found.value, plan, asked);
      await note(context, 'rerun-failed', found.value, { comment, after: moves });
      return ok(moves);
    },
  };
};

const notPending = (id: string) =>
  err({ code: 'not-pending', detail: `${id} has been submitted already` } as const);

const changedMeanwhile = (id: string) =>
  err({ code: 'changed-meanwhile', detail: `${id} keeps changing; try again` } as const);

const noProjectLeft = (project: string) =>
  err({ code: 'project-not-found', detail: `there is no project ${project}` } as const);

const runsNow = err({
  code: 'invalid-input' as const,
  detail: 'a pending backfill has a time, a schedule or is run by hand; to run it now, use run',
  errors: [{ path: 'body.when.kind', message: 'must be at, periodic or manual' }],
});
