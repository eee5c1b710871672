import { randomUUID } from 'node:crypto';
import {
  type AlertCondition,
  type AlertRule,
  type AlertWish,
  maxAlertRules,
} from '../../shared/domain/alert/alert-rule.schema.ts';
import { checkAlertRule } from '../../shared/domain/alert/check-alert-rule.ts';
import { nameRules } from '../../shared/domain/alert/name-rules.ts';
import { occurrenceKindOf } from '../../shared/domain/alert/occurrence-kind-of.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import type { Revised } from '../stores/collection.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { publishedObjects } from './published-objects.ts';
import { reachOf } from './reach-of.ts';
import { noProject } from './read-instances.ts';
import { noRule } from './read-rules.ts';
import { alertView, alertViews } from './rule-view.ts';
import { forEdit, stale } from './save-document.ts';
import { createdRules, invalidRule, onlyOf, savedRules } from './save-rules.ts';
import { tryRule } from './try-rule.ts';
import { writeAudit } from './write-audit.ts';

type Writes = Pick<
  ApiHandlers<'tell'>,
  | 'createAlertRules'
  | 'updateAlertRule'
  | 'deleteAlertRule'
  | 'switchAlertRules'
  | 'changeAlertReceivers'
  | 'deleteAlertRules'
  | 'testAlertRule'
>;

/** Offline task monitoring (nodes-and-instances 7.2). */
export const writeAlertRules = (stores: ApiStores): Writes => {
  const { catalog, clock } = stores;
  const note = (
    context: ApiContext,
    action: string,
    { project, id }: Pick<AlertRule, 'project' | 'id'>,
    change: { readonly comment?: string | undefined; before?: unknown; after?: unknown },
  ) =>
    writeAudit(stores, context, {
      ...{ action, object: `alert-rule:${project}/${id}`, project },
      ...change,
    });

  const problemsOf = async (
    project: string,
    wish: Omit<AlertWish, 'name' | 'condition'>,
    conditions: readonly { readonly path: string; readonly condition: AlertCondition }[],
  ) => {
    const { scope, whitelist, receivers, escalation } = wish;
    const objects = [...(scope.level === 'task' ? scope.tasks : []), ...whitelist];
    const [reach, published] = await Promise.all([
      reachOf(catalog, [...receivers, ...(escalation?.receivers ?? [])]),
      publishedObjects(catalog, project, objects),
    ]);
    return invalidRule(checkAlertRule(wish, conditions, { reach, published }));
  };

  /** Saves a changed rule and writes down who did it. */
  const save = async (
    context: ApiContext,
    action: string,
    before: Revised<AlertRule>,
    change: Partial<AlertRule>,
    comment?: string,
  ) => {
    const rule = { ...before, ...change, updatedAt: clock() };
    const saved = onlyOf(savedRules(await catalog.saveAlertRules([{ rule, before }])));
    if (saved.ok) await note(context, action, rule, { comment, before, after: saved.value });
    return saved;
  };

  const remove = async (context: ApiContext, before: Revised<AlertRule>, comment?: string) => {
    if (!(await catalog.removeTellRule('alert', before))) return stale(undefined);
    await note(context, 'delete', before, { comment, before });
    return ok({ deleted: true } as const);
  };

  return {
    async createAlertRules({ params: { project }, body }, context) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const { name, conditions, ...wish } = body;
      const placed = conditions.map((condition, n) => ({ path: `conditions[${n}]`, condition }));
      const wrong = (await problemsOf(project, wish, placed)) ?? invalidRule(longNames(body));
      if (wrong) return wrong;

      const at = clock();
      const asked = `${context.caller.user}\n${context.idempotencyKey ?? randomUUID()}`;
      const rules = nameRules(name, conditions).map(
        ({ name: own, condition }, n): AlertRule => ({
          ...wish,
          ...{ name: own, condition, project },
          ...{ id: hashOf(`${asked}\n${n}`), createdBy: context.caller.user },
          ...{ createdAt: at, updatedAt: at },
        }),
      );
      const saved = createdRules(
        await catalog.saveAlertRules(rules.map((rule) => ({ rule }))),
        maxAlertRules,
      );
      if (!saved.ok) return saved;
      for (const rule of rules) await note(context, 'create', rule, { after: rule });
      return ok({ items: await alertViews(stores, project, saved.value) });
    },

    async updateAlertRule({ params: { project, rule: id }, body }, context) {
      const found = await catalog.findAlertRule(project, id);
      const before = forEdit(found, context.rev, noRule(id));
      if (!before.ok) return before;
      const { name: _, condition, ...wish } = body;
      const wrong = await problemsOf(project, wish, [{ path: 'condition', condition }]);
      if (wrong) return wrong;
      const left = { effective: undefined, escalation: undefined };
      const saved = await save(context, 'update', before.value, { ...left, ...body });
      if (!saved.ok) return saved;
      return ok(alertView(saved.value, await stores.ledger.lastTold(project)));
    },

    async deleteAlertRule({ params: { project, rule: id } }, context) {
      const found = await catalog.findAlertRule(project, id);
      const before = forEdit(found, context.rev, noRule(id));
      return before.ok ? remove(context, before.value) : before;
    },

    async switchAlertRules({ params: { project }, body: { rules, enabled, comment } }, context) {
      const action = enabled ? 'switch-on' : 'switch-off';
      const result = await batch(rules, async (id) => {
        const before = await catalog.findAlertRule(project, id);
        if (!before) return err(noRule(id));
        if (before.enabled === enabled)
          return err({
            code: 'nothing-changed',
            detail: `it is ${enabled ? 'on' : 'off'} already`,
          });
        const saved = await save(context, action, before, { enabled }, comment);
        return saved.ok ? ok({}) : saved;
      });
      return ok(result);
    },

    async changeAlertReceivers({ params: { project }, body }, context) {
      const { rules, receivers, channels, comment } = body;
      const result = await batch(rules, async (id) => {
        const before = await catalog.findAlertRule(project, id);
        if (!before) return err(noRule(id));
        const change = { receivers, ...(channels === undefined ? {} : { channels }) };
        const { condition, ...wish } = { ...before, ...change };
        const wrong = await problemsOf(project, wish, [{ path: 'condition', condition }]);
        if (wrong) return wrong;
        const saved = await save(context, 'change-receivers', before, change, comment);
        return saved.ok ? ok({}) : saved;
      });
      return ok(result);
    },

    async deleteAlertRules({ params: { project }, body: { rules, comment } }, context) {
      const result = await batch(rules, async (id) => {
        const before = await catalog.findAlertRule(project, id);
        if (!before) return err(noRule(id));
        const removed = await remove(context, before, comment);
        return removed.ok ? ok({}) : removed;
      });
      return ok(result);
    },

    async testAlertRule({ params: { project, rule: id } }, context) {
      const rule = await catalog.findAlertRule(project, id);
      if (!rule) return err(noRule(id));
      const [first] = rule.scope.level === 'task' ? rule.scope.tasks : [];
      const as = occurrenceKindOf[rule.condition.on];
      const occurrence = await tryRule(stores, context, { rule, kind: 'alert', as, ...first });
      await note(context, 'test', rule, {});
      return ok({ occurrence });
    },
  };
};

const longNames = ({
  name,
  conditions,
}: {
  readonly name: string;
  readonly conditions: readonly AlertCondition[];
}) =>
  nameRules(name, conditions).some(({ name: own }) => own.length > 36)
    ? [
        {
          path: 'name',
          message: 'is too long: with the condition behind it, it may have 36 characters',
        },
      ]
    : [];
