import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteContract } from '../../shared/contracts/api/route.ts';
import { type RouteName, routes } from '../../shared/contracts/api/routes.ts';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { aWorkflow, type WorkflowInput } from '../../shared/testing/a-workflow.ts';
import { recurring, work } from '../line/line-tasks.ts';
import { type Line, startLine } from '../line/start-line.ts';
import { startApi } from './start-api.ts';
import { tellingSteps } from './telling-steps.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
const root = () => api.as('root', ['admin']);

/** What earlier steps leave to later ones. */
const made: Record<string, string> = {};
const shop = { project: 'shop' };
const flow = { params: { ...shop, workflow: 'w' } };
const task = { params: { ...shop, workflow: 'w', task: 'a' } };
const at = (name: string) => recurring(`w/${name}`, { project: 'shop' });
const one = (name: string) => ({ params: { instance: at(name) } });
const definition = (workflow: string, more: Partial<WorkflowInput> = {}) =>
  aWorkflow({
    workflow,
    schedule: { every: 'day', at: '12:00' },
    tasks: [
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => work(name)),
      work('below', { upstreams: ['a'] }),
      { name: 'yes', kind: 'approval' },
      { name: 'no', kind: 'approval' },
    ],
    ...more,
  }) as never;
const revOf = {
  project: async () => (await root()('getProject', { params: shop })).rev,
  workflow: async (name: string) =>
    (await root()('getWorkflow', { params: { ...shop, workflow: name } })).rev,
};

type Step = (call: Client) => Promise<unknown>;

/** Each route that changes something, called once, in an order in which each finds what it works on. */
const steps: Partial<Record<RouteName, Step>> = {
  createProject: (call) => call('createProject', { body: { name: 'shop', mode: 'dev-prod' } }),
  updateProject: async (call) =>
    call('updateProject', {
      params: shop,
      body: { title: 'Shop' },
      ifMatch: await revOf.project(),
    }),
  putMember: async (call) =>
    call('putMember', {
      params: { ...shop, user: 'ann' },
      body: { role: 'operator' },
      ifMatch: await revOf.project(),
    }),
  removeMember: async (call) =>
    call('removeMember', { params: { ...shop, user: 'ann' }, ifMatch: await revOf.project() }),
  putProjectSettings: async (call) =>
    call('putProjectSettings', {
      params: shop,
      body: { retryCount: 0 },
      ifMatch: await revOf.project(),
    }),
  putSettings: (call) => call('putSettings', { body: { retryCount: 0 }, ifMatch: 0 }),

  createThrottleRule: (call) =>
    call('createThrottleRule', { body: { name: 'r', scope: {}, maxConcurrency: 100 } }),
  updateThrottleRule: (call) =>
    call('updateThrottleRule', {
      ...{ params: { name: 'r' }, ifMatch: 1 },
      body: { scope: {}, maxConcurrency: 99 },
    }),
  deleteThrottleRule: (call) => call('deleteThrottleRule', { params: { name: 'r' }, ifMatch: 2 }),
  createResourceGroup: (call) => call('createResourceGroup', { body: { name: 'g' } }),
  updateResourceGroup: (call) =>
    call('updateResourceGroup', { params: { name: 'g' }, body: { slots: 50 }, ifMatch: 1 }),
  deleteResourceGroup: (call) => call('deleteResourceGroup', { params: { name: 'g' }, ifMatch: 2 }),
  createCalendar: (call) => call('createCalendar', { body: { name: 'k', kind: 'workdays' } }),
  updateCalendar: (call) =>
    call('updateCalendar', {
      ...{ params: { name: 'k' }, ifMatch: 1 },
      body: { kind: 'workdays', holidays: ['2026-12-25'] },
    }),
  deleteCalendar: (call) => call('deleteCalendar', { params: { name: 'k' }, ifMatch: 2 }),
  createContact: (call) =>
    call('createContact', { body: { name: 'c', title: 'C', email: 'c@example.com' } }),
  updateContact: (call) =>
    call('updateContact', {
      ...{ params: { name: 'c' }, ifMatch: 1 },
      body: { title: 'C', email: 'd@example.com' },
    }),
  deleteContact: (call) => call('deleteContact', { params: { name: 'c' }, ifMatch: 2 }),
  createRoom: (call) =>
    call('createRoom', {
      body: { name: 'ops', title: 'Ops', kind: 'slack', url: 'https://hooks.slack.com/x' },
    }),
  updateRoom: (call) =>
    call('updateRoom', { params: { name: 'ops' }, body: { title: 'Operators' }, ifMatch: 1 }),
  testRoom: async (call) => {
    const url = 'http://127.0.0.1:1/x';
    await root()('createRoom', {
      body: { name: 'near', title: 'Near', kind: 'webhook', url, allowPrivate: true },
    });
    return call('testRoom', { params: { name: 'near' } });
  },
  deleteRoom: (call) => call('deleteRoom', { params: { name: 'ops' }, ifMatch: 2 }),
  saveMessageTemplate: (call) =>
    call('saveMessageTemplate', {
      params: { channel: 'mail', kind: 'run-failed', language: 'en' },
      ...{ body: { subject: '{headline}', body: '{summary}' }, ifMatch: 0 },
    }),
  revertMessageTemplate: (call) =>
    call('revertMessageTemplate', {
      params: { channel: 'mail', kind: 'run-failed', language: 'en' },
      ...{ body: { to: 0 }, ifMatch: 1 },
    }),
  rotateActionLinkKey: (call) => call('rotateActionLinkKey', { idempotencyKey: 'rotate' }),
  createDataset: (call) =>
    call('createDataset', {
      params: shop,
      body: { name: 'd', location: 's3://data/x.csv', format: 'csv' },
    }),
  updateDataset: (call) =>
    call('updateDataset', {
      ...{ params: { ...shop, name: 'd' }, ifMatch: 1 },
      body: { location: 's3://data/y.csv', format: 'csv' },
    }),
  deleteDataset: (call) => call('deleteDataset', { params: { ...shop, name: 'd' }, ifMatch: 2 }),

  saveDraft: (call) =>
    call('saveDraft', {
      params: { ...shop, workflow: 'draft' },
      body: { definition: definition('draft') },
    }),
  publishWorkflow: (call) =>
    call('publishWorkflow', { ...flow, body: { definition: definition('w') } }),
  promoteWorkflow: (call) => call('promoteWorkflow', { ...flow, body: {} }),
  onlineWorkflow: async (call) => {
    await root()('offlineWorkflow', { ...flow, body: {} });
    return call('onlineWorkflow', { ...flow, body: {} });
  },
  setTiming: async (call) => {
    await root()('setTiming', { ...flow, body: { on: false } });
    return call('setTiming', { ...flow, body: { on: true } });
  },
  setTaskOwner: async (call) => {
    await root()('putMember', {
      params: { ...shop, user: 'ann' },
      body: { role: 'operator' },
      ifMatch: await revOf.project(),
    });
    return call('setTaskOwner', { ...task, body: { owner: 'ann' } });
  },
  setTaskPriority: (call) => call('setTaskPriority', { ...task, body: { priority: 'LOW' } }),
  setTaskResourceGroup: (call) =>
    call('setTaskResourceGroup', { ...task, body: { resourceGroup: 'default' } }),
  setTaskTimeout: (call) => call('setTaskTimeout', { ...task, body: { timeoutSeconds: 50 } }),
  setTaskRetries: (call) => call('setTaskRetries', { ...task, body: { retries: { count: 0 } } }),
  setTaskDryRun: (call) => call('setTaskDryRun', { ...task, body: { dryRun: false } }),
  pauseTask: (call) => call('pauseTask', { ...task, body: {} }),
  resumeTask: (call) => call('resumeTask', { ...task, body: {} }),
  batchTasks: (call) => call('batchTasks', { body: { op: 'pause', ids: ['shop/w/f'] } }),
  runTask: async (call) => {
    await root()('publishWorkflow', {
      params: { ...shop, workflow: 'hand' },
      body: {
        definition: definition('hand', {
          schedule: undefined,
          tasks: [work('x'), work('y', { upstreams: ['x'] })],
        }),
        online: true,
      },
    });
    await root()('promoteWorkflow', { params: { ...shop, workflow: 'hand' }, body: {} });
    await root()('onlineWorkflow', { params: { ...shop, workflow: 'hand' }, body: {} });
    const place = { params: { ...shop, workflow: 'hand', task: 'x' } };
    return call('runTask', { ...place, body: {} });
  },
  testRunTask: (call) =>
    call('testRunTask', { params: { ...shop, workflow: 'hand', task: 'x' }, body: {} }),

  requestGeneration: (call) =>
    call('requestGeneration', { params: shop, body: { bizDate: '2026-11-19' } }),
  pauseInstance: (call) => call('pauseInstance', { ...one('b'), body: {} }),
  resumeInstance: (call) => call('resumeInstance', { ...one('b'), body: {} }),
  undoInstance: async (call) => {
    await root()('pauseInstance', { ...one('b'), body: {} });
    return call('undoInstance', { ...one('b'), body: {} });
  },
  holdInstance: (call) => call('holdInstance', { ...one('c'), body: { reason: 'wait' } }),
  unholdInstance: (call) => call('unholdInstance', { ...one('c'), body: {} }),
  setInstancePriority: (call) =>
    call('setInstancePriority', { ...one('c'), body: { priority: 'LOW' } }),
  setInstanceResourceGroup: (call) =>
    call('setInstanceResourceGroup', { ...one('c'), body: { resourceGroup: 'default' } }),
  removeInstanceUpstreams: (call) =>
    call('removeInstanceUpstreams', { ...one('below'), body: { parents: [at('a')] } }),
  terminateInstance: (call) => call('terminateInstance', { ...one('d'), body: {} }),
  rerunInstance: (call) => call('rerunInstance', { ...one('d'), body: {} }),
  setInstanceSuccess: async (call) => {
    await root()('terminateInstance', { ...one('d'), body: {} });
    return call('setInstanceSuccess', { ...one('d'), body: {} });
  },
  forceRerunInstance: (call) => call('forceRerunInstance', { ...one('d'), body: {} }),
  batchInstances: (call) => call('batchInstances', { body: { op: 'pause', ids: [at('e')] } }),
  approveInstance: async (call) => {
    await line.runUntil('2026-11-20T12:01:00.000Z');
    return call('approveInstance', { ...one('yes'), body: {} });
  },
  rejectInstance: (call) => call('rejectInstance', { ...one('no'), body: {} }),

  startWorkflow: async (call) => {
    const { run } = await call('startWorkflow', {
      params: { ...shop, workflow: 'hand' },
      body: {},
    });
    made.run = run;
  },
  pauseRun: async (call) => {
    await startAgain();
    return call('pauseRun', { params: { run: made.run ?? '' }, body: {} });
  },
  resumeRun: (call) => call('resumeRun', { params: { run: made.run ?? '' }, body: {} }),
  stopRun: async (call) => {
    await call('stopRun', { params: { run: made.run ?? '' }, body: {} });
    await line.run(60);
  },
  rerunFailed: (call) => call('rerunFailed', { params: { run: made.run ?? '' }, body: {} }),
  setRunSuccess: async (call) => {
    await root()('stopRun', { params: { run: made.run ?? '' }, body: {} });
    await line.run(60);
    return call('setRunSuccess', { params: { run: made.run ?? '' }, body: {} });
  },
  retryRun: async (call) => {
    await root()('publishWorkflow', {
      params: { ...shop, workflow: 'asks' },
      body: {
        definition: aWorkflow({
          workflow: 'asks',
          tasks: [{ name: 'ok', kind: 'approval' }],
        }) as never,
      },
    });
    await root()('promoteWorkflow', { params: { ...shop, workflow: 'asks' }, body: {} });
    await root()('onlineWorkflow', { params: { ...shop, workflow: 'asks' }, body: {} });
    const { run } = await root()('startWorkflow', {
      params: { ...shop, workflow: 'asks' },
      body: {},
    });
    await line.run(60);
    await root()('rejectInstance', { params: { instance: `${run}~ok~1` }, body: {} });
    await line.run(5);
    return call('retryRun', { params: { run }, body: { comment: 'asked again' } });
  },
  rerunRun: (call) => call('rerunRun', { params: { run: made.run ?? '' }, body: {} }),
  batchRuns: async (call) => {
    await startAgain();
    return call('batchRuns', { body: { op: 'stop', ids: [made.run ?? ''] } });
  },
  batchWorkflows: (call) => call('batchWorkflows', { body: { op: 'start', ids: ['shop/hand'] } }),
  stopWorkflow: async (call) => {
    await startAgain();
    return call('stopWorkflow', { params: { ...shop, workflow: 'hand' }, body: {} });
  },

  createHold: async (call) => {
    const target = { kind: 'project', project: 'shop' } as const;
    const { id } = await call('createHold', { body: { purpose: 'hold', target, reason: 'x' } });
    made.hold = id;
  },
  updateHold: (call) =>
    call('updateHold', { params: { hold: made.hold ?? '' }, body: { reason: 'y' }, ifMatch: 1 }),
  liftHold: (call) => call('liftHold', { params: { hold: made.hold ?? '' }, ifMatch: 2 }),
  freezeEverything: async (call) => {
    const { waiting } = await root()('planFreeze', {});
    const { id } = await call('freezeEverything', {
      body: { reason: 'x', expectedCount: waiting.count },
    });
    made.freeze = id;
  },
  thawHold: (call) =>
    call('thawHold', { params: { hold: made.freeze ?? '' }, body: { all: true }, ifMatch: 1 }),
  addHandoverNote: async (call) => {
    const { id } = await call('addHandoverNote', { params: shop, body: { text: 'x' } });
    made.note = id;
    // Only the author may edit it: the next step comes from the same person.
    made.author = 'by addHandoverNote';
  },
  editHandoverNote: async () => {
    await line.run(1);
    const author = api.as(made.author ?? '', ['admin']);
    await author('editHandoverNote', {
      ...{ params: { ...shop, note: made.note ?? '' }, ifMatch: 1 },
      body: { text: 'y' },
    });
  },

  undeployTask: (call) =>
    call('undeployTask', { params: { ...shop, workflow: 'w', task: 'f' }, body: {} }),
  saveSearch: async (call) => {
    const body = { title: 'errors', filter: { level: 'ERROR' }, ...shop };
    made.search = (await call('saveSearch', { body })).id;
  },
  deleteSavedSearch: (call) =>
    call('deleteSavedSearch', { params: { search: made.search ?? '' }, query: shop }),
  exportLogs: (call) =>
    call('exportLogs', {
      body: { ...shop, from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T12:00:00.000Z' },
    }),
  ...tellingSteps(root),
  offlineWorkflow: (call) => call('offlineWorkflow', { ...flow, body: {} }),
  deleteWorkflow: async (call) => {
    const params = { ...shop, workflow: 'draft' };
    return call('deleteWorkflow', { params, ifMatch: await revOf.workflow('draft') });
  },
};

/** Routes that write nothing anybody would look up, each with its reason. */
const exceptions: Partial<Record<RouteName, string>> = {
  acknowledgeIncident: 'asserted in functions/api/incidents.test.ts',
  snoozeIncident: 'asserted in functions/api/incidents.test.ts',
  unsnoozeIncident: 'asserted in functions/api/incidents.test.ts',
  noteIncident: 'asserted in functions/api/incidents.test.ts',
  closeIncident: 'asserted in functions/api/incidents.test.ts',
  acknowledgeAlerts: 'asserted in functions/api/incidents.test.ts',
  quietAlerts: 'asserted in functions/api/incidents.test.ts',
  finishAlerts: 'asserted in functions/api/incidents.test.ts',
  resendNotice: 'asserted in functions/api/notices.test.ts',
  liftSuppression: 'asserted in functions/api/notices.test.ts',
  previewSchedule: 'computes',
  validateDefinition: 'judges and stores nothing',
  simulate: 'computes',
  previewBackfill: 'computes',
  markHandoverRead: 'a bookmark of one person, not an operation',
  previewMessage: 'draws an example',
  previewDutyDraft: 'computes',
  reportLog: 'lines of a task about itself; the log is the record',
  reportProgress: 'what a task says of itself while it runs',
  reportResult: 'what a task says of itself; the move of its end is the record',
  redriveDeadLetters: 'asserted in functions/api/dead-letters.test.ts',
  discardDeadLetters: 'asserted in functions/api/dead-letters.test.ts',
  openActionLink: 'looks',
  spendActionLink: 'asserted in functions/api/action-links.test.ts',
};

/** Routes whose entries are asserted where their state machines run. */
const elsewhere = /Backfill$|Operation$/;

/** Under whose name a step shows in the log. */
const actorOf = (name: RouteName): string =>
  name === 'editHandoverNote' ? 'by addHandoverNote' : `by ${name}`;

const startAgain = async () => {
  const params = { ...shop, workflow: 'hand' };
  const { run } = await root()('startWorkflow', { params, body: {} });
  made.run = run;
  await line.drain();
};

beforeAll(async () => {
  line = await startLine({
    at: '2026-11-20T11:58:00.000Z',
    fateOf: () => ({ seconds: 600, how: 'succeeds' }),
  });
  api = startApi(line.stores, line.clock);
});
afterAll(() => line.close());

describe('N45 the operation log', () => {
  const writes = (Object.entries(routes) as [RouteName, RouteContract][])
    .filter(([, { method }]) => method !== 'GET')
    .map(([name]) => name);

  it('is asked about every route that writes', () => {
    const known = (name: RouteName) => name in steps || name in exceptions || elsewhere.test(name);
    expect(writes.filter((name) => !known(name))).toEqual([]);
    expect(writes.length).toBeGreaterThan(60);
  });

  it.each(Object.keys(steps) as RouteName[])(
    'has an entry of %s, with person, time and object',
    async (name) => {
      await steps[name]?.(api.as(`by ${name}`, ['admin']));
      await line.drain();
      const { items } = await root()('searchAudit', {
        query: { actor: actorOf(name), limit: 200, from: '2026-11-19T00:00:00.000Z' },
      });
      expect(items.length).toBeGreaterThan(0);
      for (const entry of items) {
        expect(entry.object).toMatch(/^[\w-]+(:.+)?$/);
        expect(entry.action).not.toBe('');
      }
    },
  );

  it('tells an edited note from a new one', async () => {
    const query = { actor: made.author ?? '', from: '2026-11-19T00:00:00.000Z' };
    const { items } = await root()('searchAudit', { query });
    expect(items.map(({ action }) => action)).toEqual(['edit-note', 'note']);
  });
});
