import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type LineStores, lineStores } from '../../tests/line/line-stages.ts';
import { publishWorkflow } from '../../tests/line/publish-workflow.ts';

const now = '2026-11-20T10:00:00.000Z';
let tables: OpenTables;
let stores: LineStores;
let api: ReturnType<typeof startApi>;
beforeAll(async () => {
  tables = await openTables();
  stores = lineStores(tables.client, tables.tables);
  api = startApi(stores, () => now);
  await admin()('createProject', { body: { name: 'p' } });
  const noop = { kind: 'noop' } as const;
  for (const workflow of ['w', 'v'])
    await publishWorkflow(
      stores.catalog,
      {
        workflow,
        tags: ['nightly'],
        schedule: { every: 'day', at: '00:00' },
        tasks: [
          { name: 't', ...noop },
          { name: 'u', ...noop },
        ],
      },
      now,
    );
  for (const name of ['ann', 'bob'])
    await admin()('createContact', { body: { name, title: name, email: `${name}@example.com` } });
  await admin()('createContact', { body: { name: 'phone', title: 'Phone', phone: '+4930123456' } });
});
afterAll(() => tables.close());

const admin = () => api.as('root', ['admin']);
const developer = () => api.as('dev', ['developer']);
const operator = () => api.as('op', ['operator']);
const viewer = () => api.as('guest', ['viewer']);
const project = { params: { project: 'p' } };
const at = (rule: string) => ({ params: { project: 'p', rule } });
const wish = (name: string) => ({
  name,
  items: ['failed' as const],
  sphere: { kind: 'project' as const },
  methods: ['mail' as const],
  receivers: [{ kind: 'contact' as const, name: 'ann' }],
});
const alerts = (name: string) => ({
  name,
  scope: { level: 'project' as const },
  conditions: [{ on: 'error' as const }],
  channels: ['mail' as const],
  receivers: [{ kind: 'owner' as const }],
});
const duty = (name: string) => ({
  name,
  title: 'Night',
  zone: 'Europe/Berlin',
  turns: [{ primary: 'ann' }, { primary: 'bob' }],
  every: { unit: 'day' as const, count: 1 },
  startsOn: '2026-11-19',
});
const pathsOf = async (call: Promise<unknown>): Promise<readonly string[]> => {
  const problem = await call.then(
    () => ({ errors: [] }),
    (error: { problem: { errors?: { path: string }[] } }) => error.problem,
  );
  return (problem.errors ?? []).map(({ path }) => path).toSorted();
};

describe('notifications', () => {
  it('W31 without any of the five fields are refused by the name of each, all at once', async () => {
    const call = developer();
    const fields = ['items', 'methods', 'name', 'receivers', 'sphere'];
    expect(
      await pathsOf(call('createNotificationRule', { ...project, body: {} as never })),
    ).toEqual(fields.map((field) => `body.${field}`));
    for (const field of fields) {
      const { [field]: _, ...rest } = wish('x') as Record<string, unknown>;
      expect(
        await pathsOf(call('createNotificationRule', { ...project, body: rest as never })),
      ).toEqual([`body.${field}`]);
    }
    const empty = {
      ...wish(' '),
      items: [],
      methods: [],
      receivers: [],
      sphere: { kind: 'workflows', workflows: [] },
    };
    expect(
      await pathsOf(call('createNotificationRule', { ...project, body: empty as never })),
    ).toEqual([
      'body.items',
      'body.methods',
      'body.name',
      'body.receivers',
      'body.sphere.workflows',
    ]);
  });

  it('W32 tell of failed, started and succeeded, and of nothing else', async () => {
    const items = ['failed', 'started', 'succeeded'] as const;
    const made = await developer()('createNotificationRule', {
      ...project,
      body: { ...wish('items'), items: [...items] },
    });
    expect(made.items).toEqual(items);
    for (const item of ['running', 'recovered', 'timeout'])
      expect(
        await pathsOf(
          developer()('createNotificationRule', {
            ...project,
            body: { ...wish('no'), items: [item] } as never,
          }),
        ),
      ).toEqual(['body.items[0]']);
  });

  it('W33 go by mail only while nothing else is set up, to contacts that have an address', async () => {
    const create = (more: object) =>
      pathsOf(
        developer()('createNotificationRule', {
          ...project,
          body: { ...wish('methods'), ...more } as never,
        }),
      );
    expect((await viewer()('listNotificationRules', project)).channels).toEqual(['mail']);
    expect(await create({ methods: ['mail', 'sms', 'slack'] })).toEqual([
      'body.methods[1]',
      'body.methods[2]',
      'body.receivers[0]',
    ]);
    expect(
      await create({
        receivers: [
          { kind: 'contact', name: 'phone' },
          { kind: 'contact', name: 'nobody' },
        ],
      }),
    ).toEqual(['body.receivers[0]', 'body.receivers[1]']);
    await expect(
      developer()('createNotificationRule', {
        ...project,
        body: { ...wish('m'), receivers: [{ kind: 'contact', name: 'phone' }] },
      }),
    ).rejects.toThrow('contact phone has no mail address');
    await expect(
      admin()('createContact', { body: { name: 'bad', title: 'Bad', email: 'no address' } }),
    ).rejects.toThrow('address such as');

    const { rev } = await viewer()('getNotifySettings', {});
    await expect(
      developer()('putNotifySettings', { body: { sms: true }, ifMatch: rev }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await admin()('putNotifySettings', { body: { sms: true }, ifMatch: rev });
    await stores.catalog.saveRoom(
      {
        name: 'ops',
        title: 'Ops',
        kind: 'slack',
        url: 'https://hooks.example/x',
        allowPrivate: false,
        language: 'en',
        enabled: true,
      },
      undefined,
    );
    expect((await viewer()('listNotificationRules', project)).channels).toEqual([
      'mail',
      'sms',
      'slack',
    ]);
    expect(
      await create({ methods: ['sms', 'slack'], receivers: [{ kind: 'contact', name: 'phone' }] }),
    ).toEqual(['body.methods[1]']);
    expect(
      await create({
        methods: ['sms', 'slack'],
        receivers: [
          { kind: 'contact', name: 'phone' },
          { kind: 'room', name: 'ops' },
        ],
      }),
    ).toEqual([]);
    await admin()('putNotifySettings', { body: {}, ifMatch: rev + 1 });
  });

  it('name workflows that exist, and have a name of their own in any case', async () => {
    const create = developer();
    const sphere = { kind: 'workflows' as const, workflows: ['w', 'none'] };
    expect(
      await pathsOf(
        create('createNotificationRule', { ...project, body: { ...wish('s'), sphere } }),
      ),
    ).toEqual(['body.sphere.workflows[1]']);
    await create('createNotificationRule', { ...project, body: wish('Mine') });
    await expect(
      create('createNotificationRule', { ...project, body: wish('mine') }),
    ).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('W34 are deactivated, edited, copied and deleted; what they told stays', async () => {
    const call = developer();
    const made = await call('createNotificationRule', {
      ...project,
      body: { ...wish('life'), sphere: { kind: 'tags', tags: ['nightly'] } },
    });
    expect(made).toMatchObject({ enabled: true, watched: 2, rev: 1, createdBy: 'dev' });
    await stores.ledger.noteTold({ kind: 'notification', project: 'p', name: made.id }, now);

    const off = await operator()('switchNotificationRule', {
      ...at(made.id),
      body: { enabled: false },
      ifMatch: 1,
    });
    expect(off).toMatchObject({ enabled: false, rev: 2, lastSentAt: now });
    await expect(
      call('updateNotificationRule', { ...at(made.id), body: wish('life'), ifMatch: 1 }),
    ).rejects.toMatchObject({ code: 'stale-rev' });
    const edited = await call('updateNotificationRule', {
      ...at(made.id),
      body: { ...wish('other'), items: ['started'] },
      ifMatch: 2,
    });
    expect(edited).toMatchObject({
      name: 'other',
      items: ['started'],
      watched: 2,
      createdBy: 'dev',
    });
    const copy = await call('copyNotificationRule', { ...at(made.id), body: { name: 'life' } });
    expect(copy).toMatchObject({ name: 'life', items: ['started'], enabled: true });
    expect(copy).not.toHaveProperty('lastSentAt');

    const { occurrence } = await call('testNotificationRule', at(copy.id));
    await call('deleteNotificationRule', { ...at(copy.id), ifMatch: copy.rev });
    await expect(viewer()('getNotificationRule', at(copy.id))).rejects.toMatchObject({
      code: 'rule-not-found',
    });
    expect(await stores.ledger.findOccurrence(occurrence)).toMatchObject({
      test: true,
      kind: 'run-started',
      rules: [{ kind: 'notification', name: copy.id, title: 'life' }],
    });
    await call('createNotificationRule', { ...project, body: wish('life') });
    const log = await viewer()('listAudit', {
      ...project,
      query: { object: `notification-rule:p/${made.id}` },
    });
    expect(log.items.map(({ action }) => action).toSorted()).toEqual([
      'create',
      'deactivate',
      'update',
    ]);
  });

  it('are edited by developers, switched by operators, read by viewers', async () => {
    const [rule] = (await viewer()('listNotificationRules', project)).items;
    const id = at(rule?.id ?? '');
    const forbidden = { code: 'forbidden' };
    await expect(
      operator()('createNotificationRule', { ...project, body: wish('no') }),
    ).rejects.toMatchObject(forbidden);
    await expect(operator()('deleteNotificationRule', { ...id, ifMatch: 1 })).rejects.toMatchObject(
      forbidden,
    );
    await expect(
      viewer()('switchNotificationRule', { ...id, body: { enabled: true }, ifMatch: 1 }),
    ).rejects.toMatchObject(forbidden);
    await expect(api.as('stranger')('listNotificationRules', project)).rejects.toMatchObject(
      forbidden,
    );
  });
});

describe('alert rules', () => {
  it('are made for one condition and many objects, or for each of several conditions, all or none', async () => {
    const call = developer();
    const tasks = ['w', 'v'].flatMap((workflow) => ['t', 'u'].map((task) => ({ workflow, task })));
    const many = await call('createAlertRules', {
      ...project,
      body: { ...alerts('many'), scope: { level: 'task', tasks } },
    });
    expect(many.items.map(({ name }) => name)).toEqual(['many']);
    const conditions = [
      { on: 'error' as const },
      { on: 'timeout' as const, minutes: 5 },
      { on: 'timeout' as const, minutes: 60 },
    ];
    const several = await call('createAlertRules', {
      ...project,
      body: { ...alerts('一'), conditions },
    });
    expect(several.items.map(({ name }) => name)).toEqual([
      '一-error',
      '一-timeout',
      '一-timeout-2',
    ]);
    await expect(
      call('createAlertRules', { ...project, body: { ...alerts('many'), conditions: [] } }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    await call('createAlertRules', { ...project, body: alerts('x-timeout') });
    await expect(
      call('createAlertRules', {
        ...project,
        body: { ...alerts('x'), conditions: conditions.slice(0, 2) },
      }),
    ).rejects.toMatchObject({ code: 'already-exists' });
    const names = (await viewer()('listAlertRules', project)).items.map(({ name }) => name);
    expect(names).not.toContain('x-error');
    expect(
      (await viewer()('listAlertRules', { ...project, query: { workflow: 'w', task: 't' } })).items
        .length,
    ).toBe(names.length);
  });

  it('are refused with every wrong field', async () => {
    const body = {
      ...alerts('wrong'),
      scope: {
        level: 'task',
        tasks: [
          { workflow: 'w', task: 't' },
          { workflow: 'w', task: 'none' },
        ],
      },
      whitelist: [{ workflow: 'none' }],
      conditions: [{ on: 'not-completed' }, { on: 'failed-count', atLeast: 3 }],
      channels: ['voice'],
      effective: { from: '08:00', to: '08:00' },
      escalation: { afterMinutes: 10, receivers: [{ kind: 'duty', name: 'none' }] },
    };
    expect(
      await pathsOf(developer()('createAlertRules', { ...project, body: body as never })),
    ).toEqual([
      ...[
        'body.channels[0]',
        'body.conditions[0].by',
        'body.conditions[1].on',
        'body.effective.to',
      ],
      ...[
        'body.escalation.receivers[0]',
        'body.scope.tasks[1]',
        'body.whitelist',
        'body.whitelist[0]',
      ],
    ]);
    const named = { ...alerts('no spaces'), conditions: [{ on: 'not-started', by: '48:00' }] };
    expect(
      await pathsOf(developer()('createAlertRules', { ...project, body: named as never })),
    ).toEqual(['body.conditions[0].by', 'body.name']);
    const tasks = Array.from({ length: 101 }, (_, n) => ({ workflow: 'w', task: `t${n}` }));
    await expect(
      developer()('createAlertRules', {
        ...project,
        body: { ...alerts('many2'), scope: { level: 'task', tasks } },
      }),
    ).rejects.toThrow('at most 100 tasks');
  });

  it('are switched, given other receivers and deleted many at once, each with its result', async () => {
    const made = await developer()('createAlertRules', {
      ...project,
      body: { ...alerts('batch'), conditions: [{ on: 'error' }, { on: 'completed' }] },
    });
    const rules = [...made.items.map(({ id }) => id), 'none'];
    const off = await operator()('switchAlertRules', {
      ...project,
      body: { rules, enabled: false },
    });
    expect(off).toMatchObject({
      requested: 3,
      succeeded: [{}, {}],
      failed: [{ id: 'none', code: 'rule-not-found' }],
    });
    expect(
      (await operator()('switchAlertRules', { ...project, body: { rules, enabled: false } }))
        .skipped,
    ).toHaveLength(2);
    const receivers = [{ kind: 'contact' as const, name: 'phone' }];
    expect(
      (
        await developer()('changeAlertReceivers', { ...project, body: { rules, receivers } })
      ).failed.map(({ code }) => code),
    ).toEqual(['invalid-input', 'invalid-input', 'rule-not-found']);
    await developer()('changeAlertReceivers', {
      ...project,
      body: { rules, receivers: [{ kind: 'contact', name: 'bob' }] },
    });
    expect(await viewer()('getAlertRule', at(rules[0] ?? ''))).toMatchObject({
      enabled: false,
      rev: 3,
      receivers: [{ name: 'bob' }],
    });
    await expect(
      operator()('deleteAlertRules', { ...project, body: { rules } }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(
      (await developer()('deleteAlertRules', { ...project, body: { rules } })).succeeded,
    ).toHaveLength(2);
  });

  it('are at most 100 in a project, also when two are made at once', async () => {
    await admin()('createProject', { body: { name: 'full' } });
    const create = (name: string) =>
      admin()('createAlertRules', {
        params: { project: 'full' },
        body: {
          ...alerts(name),
          conditions: Array.from({ length: 9 }, () => ({ on: 'error' as const })),
        },
      });
    for (let n = 0; n < 11; n += 1) await create(`r${n}`);
    const one = (name: string) =>
      admin()('createAlertRules', { params: { project: 'full' }, body: alerts(name) });
    await expect(create('more')).rejects.toMatchObject({ code: 'too-many-rules' });
    const both = await Promise.allSettled([one('a'), one('b')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { items } = await admin()('listAlertRules', { params: { project: 'full' } });
    expect(items).toHaveLength(100);
    await admin()('deleteAlertRule', {
      params: { project: 'full', rule: items[0]?.id ?? '' },
      ifMatch: 1,
    });
    await one('c');
  });
});

describe('on-duty schedules', () => {
  it('are kept by administrators, and say who is on duty', async () => {
    await expect(developer()('createDutySchedule', { body: duty('d1') })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await admin()('createDutySchedule', { body: duty('d1') });
    await expect(admin()('createDutySchedule', { body: duty('d1') })).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(await viewer()('whoIsOnDuty', { params: { name: 'd1' } })).toMatchObject({
      at: now,
      within: true,
      shift: { primary: 'bob' },
    });
    const { shifts } = await viewer()('previewDuty', {
      params: { name: 'd1' },
      query: { from: '2026-11-20', to: '2026-11-21' },
    });
    expect(shifts.map(({ primary }) => primary)).toEqual(['ann', 'bob', 'ann']);
    expect(
      (
        await viewer()('previewDutyDraft', {
          body: duty('draft'),
          query: { from: '2026-11-20', to: '2026-11-21' },
        })
      ).shifts,
    ).toEqual(shifts);
    await expect(
      viewer()('previewDuty', {
        params: { name: 'd1' },
        query: { from: '2026-01-01', to: '2026-12-31' },
      }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    expect((await viewer()('listDutySchedules', { query: { text: 'BOB' } })).items).toHaveLength(1);
  });

  it('are refused with every wrong field', async () => {
    const body = {
      ...duty('d2'),
      turns: [{ primary: 'ann', backup: 'ann' }, { primary: 'nobody' }],
      hours: { from: '22:00', to: '06:00' },
      swaps: [{ date: '2026-11-20', primary: 'ghost' }],
    };
    expect(await pathsOf(admin()('createDutySchedule', { body }))).toEqual([
      'body.outside',
      'body.swaps[0].primary',
      'body.turns[0].backup',
      'body.turns[1].primary',
    ]);
  });

  it('N81 that a rule names cannot be deleted, nor can the contacts of both', async () => {
    const call = developer();
    await admin()('createDutySchedule', { body: duty('used') });
    const made = await call('createNotificationRule', {
      ...project,
      body: { ...wish('by duty'), receivers: [{ kind: 'duty', name: 'used' }] },
    });
    const remove = () => admin()('deleteDutySchedule', { params: { name: 'used' }, ifMatch: 1 });
    await expect(remove()).rejects.toMatchObject({
      code: 'in-use',
      problem: { dependants: ['notification p/by duty'] },
    });
    const { rev = 0 } =
      (await viewer()('listContacts', { query: { text: 'bob@' } })).items[0] ?? {};
    await expect(
      admin()('deleteContact', { params: { name: 'bob' }, ifMatch: rev }),
    ).rejects.toMatchObject({
      code: 'in-use',
      problem: { dependants: expect.arrayContaining(['on-duty schedule used']) },
    });
    await call('updateNotificationRule', {
      ...at(made.id),
      body: wish('by duty'),
      ifMatch: made.rev,
    });
    expect(await remove()).toEqual({ deleted: true });
  });

  it('N81 are not deleted while somebody begins to name them', async () => {
    for (let round = 0; round < 6; round += 1) {
      const name = `race${round}`;
      await admin()('createDutySchedule', { body: duty(name) });
      const [removed, named] = await Promise.allSettled([
        admin()('deleteDutySchedule', { params: { name }, ifMatch: 1 }),
        developer()('createAlertRules', {
          ...project,
          body: { ...alerts(name), receivers: [{ kind: 'duty', name }] },
        }),
      ]);
      expect(removed.status === 'fulfilled' && named.status === 'fulfilled').toBe(false);
    }
  });
});
