import type { AlertRule } from '../../shared/domain/alert/alert-rule.schema.ts';
import { inSphere } from '../../shared/domain/notice/in-sphere.ts';
import type { NotificationRule } from '../../shared/domain/notice/notification-rule.schema.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { Revised } from '../stores/collection.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import { allWorkflows } from './all-workflows.ts';

type Stores = {
  readonly catalog: CatalogStore;
  readonly ledger: Pick<LedgerStore, 'lastTold'>;
};

/** Notifications as lists show them: with how much they watch and when they last told something. */
export const notificationViews = async (
  { catalog, ledger }: Stores,
  project: string,
  rules: readonly Revised<NotificationRule>[],
) => {
  const counts = rules.some(({ sphere }) => sphere.kind !== 'workflows');
  const [workflows, told] = await Promise.all([
    counts ? allWorkflows(catalog, project) : [],
    ledger.lastTold(project),
  ]);
  return rules.map(withFacts(workflows, told));
};

export const notificationView = async (
  { catalog, ledger }: Stores,
  rule: Revised<NotificationRule>,
) => {
  const { project, sphere } = rule;
  const workflows = sphere.kind === 'workflows' ? [] : await allWorkflows(catalog, project);
  return withFacts(workflows, await ledger.lastTold(project))(rule);
};

const withFacts =
  (workflows: readonly WorkflowRecord[], told: ReadonlyMap<string, string>) =>
  (rule: Revised<NotificationRule>) => ({
    ...rule,
    watched: watchedBy(rule, workflows),
    ...lastSent(told.get(`notification#${rule.id}`)),
  });

export const alertViews = async (
  { ledger }: Pick<Stores, 'ledger'>,
  project: string,
  rules: readonly Revised<AlertRule>[],
) => {
  const told = await ledger.lastTold(project);
  return rules.map((rule) => alertView(rule, told));
};

export const alertView = (rule: Revised<AlertRule>, told: ReadonlyMap<string, string>) => ({
  ...rule,
  ...lastSent(told.get(`alert#${rule.id}`)),
});

const watchedBy = ({ sphere }: NotificationRule, workflows: readonly WorkflowRecord[]): number =>
  sphere.kind === 'workflows'
    ? sphere.workflows.length
    : workflows.filter((record) => inSphere(sphere, record)).length;

const lastSent = (lastSentAt: string | undefined) =>
  lastSentAt === undefined ? {} : { lastSentAt };
