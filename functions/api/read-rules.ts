import { taskRuleWatches } from '../../shared/domain/alert/rule-watches.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { channelsNow } from './reach-of.ts';
import { noProject } from './read-instances.ts';
import { alertView, alertViews, notificationView, notificationViews } from './rule-view.ts';

type Reads = Pick<
  ApiHandlers<'messages'>,
  | 'listNotificationRules'
  | 'getNotificationRule'
  | 'listAlertRules'
  | 'getAlertRule'
  | 'getNotifySettings'
>;

/** Rules that say who is told, and by what. */
export const readRules = (stores: ApiStores): Reads => {
  const { catalog } = stores;

  return {
    async listNotificationRules({ params: { project } }) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const [rules, channels] = await Promise.all([
        catalog.notificationRules(project),
        channelsNow(catalog),
      ]);
      return ok({ items: await notificationViews(stores, project, rules), channels });
    },

    async getNotificationRule({ params: { project, rule } }) {
      const found = await catalog.findNotificationRule(project, rule);
      return found ? ok(await notificationView(stores, found)) : err(noRule(rule));
    },

    async listAlertRules({ params: { project }, query: { workflow, task } }) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const [rules, channels] = await Promise.all([
        catalog.alertRules(project),
        channelsNow(catalog),
      ]);
      const wanted =
        workflow === undefined
          ? rules
          : rules.filter((rule) => taskRuleWatches(rule, { workflow, task }));
      return ok({ items: await alertViews(stores, project, wanted), channels });
    },

    async getAlertRule({ params: { project, rule } }) {
      const found = await catalog.findAlertRule(project, rule);
      return found
        ? ok(alertView(found, await stores.ledger.lastTold(project)))
        : err(noRule(rule));
    },

    async getNotifySettings() {
      const [settings, channels] = await Promise.all([
        catalog.notifySettings(),
        channelsNow(catalog),
      ]);
      return ok({ sms: false, voice: false, rev: 0, ...settings, channels });
    },
  };
};

export const noRule = (rule: string) =>
  ({ code: 'rule-not-found', detail: `there is no rule ${rule} in the project` }) as const;
