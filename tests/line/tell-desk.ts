import { serveDue } from '../../functions/notify/serve-due.ts';
import { takeOccurrences } from '../../functions/notify/take-occurrence.ts';
import type { TellDeps } from '../../functions/notify/tell-deps.ts';
import { batchPut } from '../../functions/stores/batch-write.ts';
import { itemOfOccurrence } from '../../functions/stores/occurrences.ts';
import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import { AlertRule } from '../../shared/domain/alert/alert-rule.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import type { Delivery } from '../../shared/domain/notice/notice.schema.ts';
import { NotificationRule } from '../../shared/domain/notice/notification-rule.schema.ts';
import type { Occurrence, RuleRef } from '../../shared/domain/notice/occurrence.schema.ts';
import { Project } from '../../shared/domain/project/project.schema.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { meterUnits, type UnitMeter } from '../faults/consumed-units.ts';
import { lineStores } from './line-stages.ts';
import { type OutboxOptions, startOutbox } from './outbox.ts';

const at = '2026-11-20T02:00:00.000Z';

/**
 * From occurrences to mails in one process: the ledger's stream, the stages as deployed, a provider that keeps what it got.
 * Contacts `ann` and `bob`, and the alert rule `errors` of project `p`, which tells both by mail.
 */
export const startDesk = async (options: OutboxOptions = {}) => {
  const mails: Delivery[] = [];
  const events = new Map<string, EventOut>();
  let meter: UnitMeter | undefined;
  let wired: ReturnType<NonNullable<OutboxOptions['wire']>> | undefined;
  const outbox = await startOutbox({
    ...options,
    provider: {
      perSecond: 1000,
      ...options.provider,
      refuse: (delivery) => {
        mails.push(delivery);
        return undefined;
      },
    },
    wire: ({ client, tables, clock }) => {
      meter = meterUnits(client);
      const stores = lineStores(client, tables);
      const deps: TellDeps = {
        ...{ ...stores, ...stores.ledger.outbox, clock, consoleUrl: undefined },
        announce: async (list) => {
          for (const event of list) events.set(event.detail.id, event);
        },
      };
      const serve = serveDue(deps);
      wired = {
        takeOccurrences: takeOccurrences(deps),
        serve: { digest: serve, alert: serve, incident: serve },
      };
      return wired;
    },
  });
  const { direct, tables } = outbox.opened;
  const stores = lineStores(direct, tables);
  const ledgerTable = { client: direct, table: tables.ledger };

  await stores.catalog.saveProject(
    Project.parse({ name: 'p', createdAt: at, updatedAt: at, rev: 1 }),
    undefined,
  );
  for (const name of ['ann', 'bob'])
    await stores.catalog.saveContact(
      { name, title: name, email: `${name}@example.com`, user: name },
      undefined,
    );

  const common = { project: 'p', createdBy: 'ann', createdAt: at, updatedAt: at };
  const people = [
    { kind: 'contact', name: 'ann' },
    { kind: 'contact', name: 'bob' },
  ];
  const saveAlert = async (fields: Partial<AlertRule> = {}): Promise<RuleRef> => {
    const id = fields.id ?? 'errors';
    const before = await stores.catalog.findAlertRule('p', id);
    const rule = AlertRule.parse({
      ...common,
      ...{ id, name: id, scope: { level: 'project' }, condition: { on: 'error' } },
      ...{ channels: ['mail'], receivers: people },
      ...fields,
    });
    const saved = await stores.catalog.saveAlertRules([{ rule, before }]);
    if (!saved.ok) throw new Error(`rule not saved: ${saved.error.why}`);
    return { kind: 'alert', project: 'p', name: id, rev: (before?.rev ?? 0) + 1 };
  };
  const saveNotification = async (fields: Partial<NotificationRule> = {}): Promise<RuleRef> => {
    const id = fields.id ?? 'runs';
    const before = await stores.catalog.findNotificationRule('p', id);
    const rule = NotificationRule.parse({
      ...common,
      ...{ id, name: id, items: ['failed'], sphere: { kind: 'project' } },
      ...{ methods: ['mail'], receivers: people },
      ...fields,
    });
    const saved = await stores.catalog.saveNotificationRules([{ rule, before }]);
    if (!saved.ok) throw new Error(`rule not saved: ${saved.error.why}`);
    return { kind: 'notification', project: 'p', name: id, rev: (before?.rev ?? 0) + 1 };
  };

  return {
    ...outbox,
    ...stores,
    mails,
    /** Units that the stages used since the last call. */
    units: () => meter?.take(),
    /** What was put on the bus, by id. */
    events,
    /** The stages of the process that lives now. */
    wired() {
      if (!wired) throw new Error('not started');
      return wired;
    },
    saveAlert,
    saveNotification,
    /** What the provider got, told by subject-free facts: to whom, of which notice. */
    async told() {
      const ids = [...new Set(mails.map(({ notice }) => notice))];
      const notices = await Promise.all(ids.map((id) => outbox.stores.notices.find(id)));
      return notices.flatMap((notice) =>
        notice
          ? [
              {
                ...{ reason: notice.reason, count: notice.count, at: notice.at },
                to: mails
                  .filter((mail) => mail.notice === notice.id)
                  .map(({ to }) => to)
                  .toSorted(),
              },
            ]
          : [],
      );
    },
    /** Writes occurrences as record does; the stream tells them. */
    occur: (list: readonly Occurrence[]) => batchPut(ledgerTable, list.map(itemOfOccurrence)),
    putInstances: async (list: readonly Instance[]) => {
      for (const instance of list) await stores.instances.create(instance);
    },
    async incidents() {
      const page = await stores.ledger.listIncidents({ env: 'prod', projects: ['p'], limit: 100 });
      return page.items;
    },
  };
};

export type Desk = Awaited<ReturnType<typeof startDesk>>;

/** An instance that has failed finally. */
export const aFailed = (task: string, fields: Partial<Instance> = {}): Instance =>
  anInstance({
    workflow: 'w',
    task,
    status: 'FAILED',
    outcome: 'failed',
    error: 'connection refused',
    ...fields,
  });

/** What record says of a final failure, or of the success after it. */
export const turnOf = (
  kind: 'task-failed' | 'recovered',
  instance: string,
  seq: number,
  fields: Partial<Occurrence> = {},
): Occurrence => {
  const ref = parseInstanceId(instance);
  if (!ref) throw new Error(`no instance id: ${instance}`);
  const { env, project, workflow, task, bizDate } = ref;
  return {
    ...{
      id: `${kind}#${instance}#${seq}`,
      kind,
      at,
      env,
      project,
      workflow,
      task,
      bizDate,
      instance,
    },
    ...{
      detail: {},
      rules: [],
      ...(kind === 'task-failed' ? { error: 'connection refused' } : {}),
    },
    ...fields,
  };
};
