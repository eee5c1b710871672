import { randomUUID } from 'node:crypto';
import { checkHold, maxHolds } from '../../shared/domain/hold/check-hold.ts';
import type { Hold, HoldTarget } from '../../shared/domain/hold/hold.schema.ts';
import {
  objectOfHold,
  projectOfHold,
  projectOfHoldId,
  roleForHold,
} from '../../shared/domain/hold/hold-place.ts';
import { thawHold } from '../../shared/domain/hold/thaw-hold.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import type { Revised } from '../stores/collection.ts';
import type { ApiStores } from './api-stores.ts';
import { findTask, noTask } from './find-task.ts';
import { freezePlan, holdView, noHold } from './read-holds.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';
import { requireRole } from './require-role.ts';
import { forEdit, stale } from './save-document.ts';
import { writeAudit } from './write-audit.ts';
import { noGroup } from './write-instances.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  'createHold' | 'updateHold' | 'liftHold' | 'freezeEverything' | 'thawHold'
>;

/** A count may have moved by this much since the plan was shown: the line never stands still. */
const tolerance = { share: 0.1, least: 10 };

/**
 * Holds are documents that the gate reads: setting one is one write, and nothing that waits is touched. Watch ends them
 * and looks again at what they set aside.
 */
export const writeHolds = (stores: ApiStores): Writes => {
  const { catalog, clock } = stores;

  const note = (
    context: ApiContext,
    action: string,
    { target, env }: Hold,
    change: {
      readonly comment?: string | undefined;
      readonly before?: unknown;
      readonly after?: unknown;
    },
  ) =>
    writeAudit(stores, context, {
      ...{ action, project: projectOfHold(target), object: objectOfHold(target), env },
      ...change,
    });

  const create = async (
    context: ApiContext,
    wish: Omit<Hold, 'id' | 'by' | 'since'>,
    { action, comment }: { readonly action: string; readonly comment?: string | undefined },
  ): Promise<Result<Revised<Hold>, RefusalOf<'createHold'>>> => {
    const hold: Hold = {
      ...wish,
      id: `${projectOfHold(wish.target)}~${hashOf(context.idempotencyKey ?? randomUUID())}`,
      by: context.caller.user,
      since: clock(),
    };
    const wrong = checkHold(hold, hold.since);
    if (wrong.length > 0) return invalid(wrong);
    if ((await catalog.allHolds()).length >= maxHolds) return tooMany;

    const saved = await catalog.saveHold(hold, undefined);
    if (!saved.ok) return err({ code: 'already-exists', detail: `${hold.id} exists already` });
    await note(context, action, hold, { comment: comment ?? hold.reason, after: saved.value });
    return saved;
  };

  /** The hold that an edit names, for whoever may change it. An unknown one is refused by the project of its id. */
  const held = async (
    context: ApiContext,
    id: string,
  ): Promise<Result<Revised<Hold>, RefusalOf<'liftHold'>>> => {
    const denied = await requireRole(context, projectOfHoldId(id), 'operator');
    if (denied) return err(denied);
    const found = forEdit(await catalog.findHold(id), context.rev, noHold(id).error);
    if (!found.ok) return found;
    const { target } = found.value;
    const tooWeak = await requireRole(context, projectOfHold(target), roleForHold(target));
    return tooWeak ? err(tooWeak) : found;
  };

  return {
    async createHold({ body: { comment, ...wish } }, context) {
      const { target } = wish;
      const denied = await requireRole(context, projectOfHold(target), roleForHold(target));
      if (denied) return err(denied);
      const missing = await missingTarget(stores, target, wish.env);
      if (missing) return missing;
      const created = await create(context, wish, { action: wish.purpose, comment });
      return created.ok ? ok(holdView(created.value, clock())) : created;
    },

    async updateHold({ params, body: { comment, ...change } }, context) {
      const before = await held(context, params.hold);
      if (!before.ok) return before;
      const hold: Hold = {
        ...before.value,
        ...(change.reason === undefined ? {} : { reason: change.reason }),
        ...(change.from === undefined ? {} : { from: change.from ?? undefined }),
        ...(change.until === undefined ? {} : { until: change.until ?? undefined }),
        ...(change.weekly === undefined ? {} : { weekly: change.weekly ?? undefined }),
      };
      const now = clock();
      const wrong = checkHold(hold, now);
      if (wrong.length > 0) return invalid(wrong);
      const saved = await catalog.saveHold(hold, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'change-hold', hold, {
        comment,
        before: before.value,
        after: saved.value,
      });
      return ok(holdView(saved.value, now));
    },

    async liftHold({ params, query: { comment } }, context) {
      const before = await held(context, params.hold);
      if (!before.ok) return before;
      if (!(await catalog.removeHold(params.hold, context.rev))) return stale(undefined);
      await note(context, 'lift', before.value, { comment, before: before.value });
      return ok({ deleted: true });
    },

    async freezeEverything({ body: { env, reason, expectedCount, comment } }, context) {
      const frozen = (await catalog.allHolds()).find(
        (hold) => hold.purpose === 'freeze' && !hold.thawed && (hold.env ?? env) === env,
      );
      if (frozen)
        return err({
          code: 'already-exists',
          detail: `everything is frozen already, by ${frozen.by} since ${frozen.since}: ${frozen.reason}`,
        });
      const { waiting } = await freezePlan(stores, env);
      if (isQuiteAnother(waiting.count, expectedCount))
        return err({
          code: 'plan-outdated',
          detail: `a freeze would keep ${waiting.count} instances from starting by now, not ${expectedCount}; look at the plan again`,
        });
      const wish = { purpose: 'freeze', target: { kind: 'everything' }, env, reason } as const;
      const created = await create(context, wish, { action: 'freeze', comment });
      return created.ok
        ? ok(holdView(created.value, clock()))
        : (created as Result<never, RefusalOf<'freezeEverything'>>);
    },

    async thawHold({ params, body: { comment, ...stage } }, context) {
      const before = await held(context, params.hold);
      if (!before.ok) return before;
      const thawed = thawHold(before.value, stage);
      if (!thawed.ok) return err({ code: 'nothing-changed', detail: thawed.error });
      const { hold } = thawed.value;
      if (hold === undefined) {
        if (!(await catalog.removeHold(params.hold, context.rev))) return stale(undefined);
        await note(context, 'thaw', before.value, { comment, before: before.value, after: stage });
        return ok({ ...holdView(before.value, clock()), state: 'over', over: true });
      }
      const saved = await catalog.saveHold(hold, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'thaw', hold, { comment, before: before.value, after: saved.value });
      return ok({ ...holdView(saved.value, clock()), over: false });
    },
  };
};

/** Why there is nothing to hold; undefined when there is. */
const missingTarget = async (
  { catalog }: ApiStores,
  target: HoldTarget,
  env: Hold['env'],
): Promise<Result<never, RefusalOf<'createHold'>> | undefined> => {
  if (target.kind === 'everything') return undefined;
  if (target.kind === 'pool') {
    const [kind, name = ''] = [target.pool.split(':')[0], target.pool.replace(/^\w+:/, '')];
    if (kind === 'throttle') return (await catalog.findRule(name)) ? undefined : noRule(name);
    return name === 'default' || (await catalog.findGroup(name)) ? undefined : noGroup(name);
  }
  const { project } = target;
  if (!(await catalog.findProject(project))) return noProject(project);
  if (target.kind === 'project') return undefined;
  if (!(await catalog.findWorkflow(project, target.workflow))) return noWorkflow(target);
  if (target.kind === 'workflow') return undefined;

  const places = env === undefined ? (['prod', 'dev'] as const) : [env];
  const found = await Promise.all(
    places.map((each) => findTask(catalog, { ...target, env: each })),
  );
  return found.some((task) => task !== undefined) ? undefined : noTask(target);
};

const noRule = (name: string) =>
  err({ code: 'throttle-rule-not-found', detail: `there is no throttling rule ${name}` } as const);

const isQuiteAnother = (count: number, expected: number): boolean =>
  Math.abs(count - expected) > Math.max(tolerance.least, tolerance.share * expected);

const invalid = (problems: ReturnType<typeof checkHold>) =>
  err({
    code: 'invalid-input',
    detail: problems.map(({ path, message }) => `${path}: ${message}`).join('; '),
    errors: problems.map(({ path, message }) => ({ path: `body.${path}`, message })),
  } as const);

const tooMany = err({
  code: 'too-many-holds',
  detail: `there are ${maxHolds} holds already; lift one first, or hold a workflow instead of its tasks`,
} as const);
