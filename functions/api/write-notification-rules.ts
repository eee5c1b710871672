import { randomUUID } from 'node:crypto';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import { checkNotificationRule } from '../../shared/domain/notice/check-notification-rule.ts';
import {
  maxNotificationRules,
  type NotificationRule,
  type NotificationWish,
} from '../../shared/domain/notice/notification-rule.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import type { Change } from '../stores/tell-rules.ts';
import type { ApiStores } from './api-stores.ts';
import { reachOf } from './reach-of.ts';
import { noProject } from './read-instances.ts';
import { noRule } from './read-rules.ts';
import { notificationView } from './rule-view.ts';
import { forEdit, stale } from './save-document.ts';
import { createdRules, invalidRule, onlyOf, savedRules } from './save-rules.ts';
import { tryRule } from './try-rule.ts';
import { writeAudit } from './write-audit.ts';

type Writes = Pick<
  ApiHandlers<'tell'>,
  | 'createNotificationRule'
  | 'updateNotificationRule'
  | 'switchNotificationRule'
  | 'copyNotificationRule'
  | 'deleteNotificationRule'
  | 'testNotificationRule'
>;

/** Notification management (workflows-and-logs A1.6). */
export const writeNotificationRules = (stores: ApiStores): Writes => {
  const { catalog, clock } = stores;
  const note = (
    context: ApiContext,
    action: string,
    { project, id }: Pick<NotificationRule, 'project' | 'id'>,
    change: { readonly comment?: string | undefined; before?: unknown; after?: unknown },
  ) => writeAudit(stores, context, { action, object: objectOf(project, id), project, ...change });

  const problemsOf = async (project: string, wish: NotificationWish) => {
    const { sphere } = wish;
    const named = sphere.kind === 'workflows' ? [...new Set(sphere.workflows)] : [];
    const [reach, records] = await Promise.all([
      reachOf(catalog, wish.receivers),
      Promise.all(named.map((workflow) => catalog.findWorkflow(project, workflow))),
    ]);
    const known = records.flatMap((record) =>
      record && !record.deletedAt ? [record.workflow] : [],
    );
    return invalidRule(checkNotificationRule(wish, { reach, workflows: new Set(known) }));
  };

  const create = async (context: ApiContext, project: string, wish: NotificationWish) => {
    const wrong = await problemsOf(project, wish);
    if (wrong) return wrong;
    const at = clock();
    const rule: NotificationRule = {
      ...wish,
      id: hashOf(`${context.caller.user}\n${context.idempotencyKey ?? randomUUID()}`),
      project,
      createdBy: context.caller.user,
      createdAt: at,
      updatedAt: at,
    };
    const saved = onlyOf(
      createdRules(await catalog.saveNotificationRules([{ rule }]), maxNotificationRules),
    );
    if (!saved.ok) return saved;
    await note(context, 'create', rule, { after: wish });
    return ok(await notificationView(stores, saved.value));
  };

  const save = async (
    context: ApiContext,
    action: string,
    change: Required<Change<NotificationRule>>,
    comment?: string,
  ) => {
    const saved = onlyOf(savedRules(await catalog.saveNotificationRules([change])));
    if (!saved.ok) return saved;
    await note(context, action, change.rule, {
      comment,
      before: change.before,
      after: saved.value,
    });
    return ok(await notificationView(stores, saved.value));
  };

  return {
    async createNotificationRule({ params: { project }, body }, context) {
      if (!(await catalog.findProject(project))) return noProject(project);
      return create(context, project, body);
    },

    async updateNotificationRule({ params: { project, rule: id }, body }, context) {
      const found = await catalog.findNotificationRule(project, id);
      const before = forEdit(found, context.rev, noRule(id));
      if (!before.ok) return before;
      const wrong = await problemsOf(project, body);
      if (wrong) return wrong;
      const rule = { ...before.value, ...body, updatedAt: clock() };
      return save(context, 'update', { rule, before: before.value });
    },

    async switchNotificationRule({ params, body: { enabled, comment } }, context) {
      const { project, rule: id } = params;
      const found = await catalog.findNotificationRule(project, id);
      const before = forEdit(found, context.rev, noRule(id));
      if (!before.ok) return before;
      const rule = { ...before.value, enabled, updatedAt: clock() };
      return save(
        context,
        enabled ? 'activate' : 'deactivate',
        { rule, before: before.value },
        comment,
      );
    },

    async copyNotificationRule({ params: { project, rule: id }, body: { name } }, context) {
      const found = await catalog.findNotificationRule(project, id);
      return found ? create(context, project, { ...found, name }) : err(noRule(id));
    },

    async deleteNotificationRule({ params: { project, rule: id } }, context) {
      const found = await catalog.findNotificationRule(project, id);
      const before = forEdit(found, context.rev, noRule(id));
      if (!before.ok) return before;
      if (!(await catalog.removeTellRule('notification', before.value))) return stale(undefined);
      await note(context, 'delete', before.value, { before: before.value });
      return ok({ deleted: true });
    },

    async testNotificationRule({ params: { project, rule: id } }, context) {
      const rule = await catalog.findNotificationRule(project, id);
      if (!rule) return err(noRule(id));
      const [item] = rule.items;
      const occurrence = await tryRule(stores, context, {
        rule,
        kind: 'notification',
        as: item === 'failed' ? 'run-failed' : item === 'started' ? 'run-started' : 'run-succeeded',
        workflow: rule.sphere.kind === 'workflows' ? rule.sphere.workflows[0] : undefined,
      });
      await note(context, 'test', rule, {});
      return ok({ occurrence });
    },
  };
};

const objectOf = (project: string, id: string) => `notification-rule:${project}/${id}`;
