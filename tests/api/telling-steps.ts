import type { RouteName } from '../../shared/contracts/api/routes.ts';
import type { Client } from '../../shared/contracts/client/create-client.ts';

const project = { params: { project: 'shop' } };
const receivers = [{ kind: 'contact' as const, name: 'told' }];
const wish = (items: ('failed' | 'started')[]) => ({
  ...{ name: 'Failures', items, sphere: { kind: 'project' as const } },
  ...{ methods: ['mail' as const], receivers },
});
const alert = (name: string) => ({
  ...{ name, scope: { level: 'project' as const } },
  ...{ channels: ['mail' as const], receivers },
});
const condition = { on: 'error' as const };
const duty = (title: string) => ({
  ...{ title, zone: 'Europe/Berlin', turns: [{ primary: 'told' }] },
  ...{ every: { unit: 'day' as const, count: 1 }, startsOn: '2026-11-19' },
});

type Steps = Partial<Record<RouteName, (call: Client) => Promise<unknown>>>;

/** Each route that changes rules and duty schedules, called once, in an order in which each finds what it works on. */
export const tellingSteps = (root: () => Client): Steps => {
  const made = { rule: '', alert: '', more: '' };
  const one = (rule: string) => ({ params: { project: 'shop', rule } });
  const notificationRev = async () => (await root()('getNotificationRule', one(made.rule))).rev;
  const alertRev = async () => (await root()('getAlertRule', one(made.alert))).rev;

  return {
    createNotificationRule: async (call) => {
      await root()('createContact', {
        body: { name: 'told', title: 'Told', email: 'told@example.com' },
      });
      const { id } = await call('createNotificationRule', {
        ...project,
        body: wish(['failed']),
      });
      made.rule = id;
    },
    updateNotificationRule: async (call) =>
      call('updateNotificationRule', {
        ...{ ...one(made.rule), ifMatch: await notificationRev() },
        body: wish(['failed', 'started']),
      }),
    switchNotificationRule: async (call) =>
      call('switchNotificationRule', {
        ...{ ...one(made.rule), ifMatch: await notificationRev() },
        body: { enabled: false },
      }),
    copyNotificationRule: (call) =>
      call('copyNotificationRule', { ...one(made.rule), body: { name: 'The-same' } }),
    testNotificationRule: (call) => call('testNotificationRule', one(made.rule)),
    deleteNotificationRule: async (call) =>
      call('deleteNotificationRule', { ...one(made.rule), ifMatch: await notificationRev() }),
    putNotifySettings: (call) =>
      call('putNotifySettings', { body: { sms: true, voice: false }, ifMatch: 0 }),

    createAlertRules: async (call) => {
      const create = async (by: Client, name: string) => {
        const body = { ...alert(name), conditions: [condition] };
        return (await by('createAlertRules', { ...project, body })).items[0]?.id ?? '';
      };
      made.alert = await create(call, 'Errors');
      made.more = await create(root(), 'More-errors');
    },
    updateAlertRule: async (call) =>
      call('updateAlertRule', {
        ...{ ...one(made.alert), ifMatch: await alertRev() },
        body: { ...alert('All-errors'), condition },
      }),
    switchAlertRules: (call) =>
      call('switchAlertRules', { ...project, body: { rules: [made.alert], enabled: false } }),
    changeAlertReceivers: (call) =>
      call('changeAlertReceivers', {
        ...project,
        body: { rules: [made.alert], receivers: [{ kind: 'owner' }] },
      }),
    testAlertRule: (call) => call('testAlertRule', one(made.alert)),
    deleteAlertRule: async (call) =>
      call('deleteAlertRule', { ...one(made.alert), ifMatch: await alertRev() }),
    deleteAlertRules: (call) =>
      call('deleteAlertRules', { ...project, body: { rules: [made.more] } }),

    createDutySchedule: (call) =>
      call('createDutySchedule', { body: { ...duty('Night'), name: 'night' } }),
    updateDutySchedule: (call) =>
      call('updateDutySchedule', {
        ...{ params: { name: 'night' }, ifMatch: 1 },
        body: duty('Nights'),
      }),
    deleteDutySchedule: (call) =>
      call('deleteDutySchedule', { params: { name: 'night' }, ifMatch: 2 }),
  };
};
