import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { aFailed, type Desk, startDesk, turnOf } from '../../tests/line/tell-desk.ts';

const at = '2026-11-20T02:00:00.000Z';
let desk: Desk;
let api: ReturnType<typeof startApi>;
const ann = () => api.as('ann', ['operator']);
const reasons = async () => (await desk.told()).map(({ reason }) => reason);

/** An incident of its own, told of by the rule `errors`. */
const broken = async (task: string) => {
  const rule = await desk.saveAlert({ frequencyMinutes: 10, maxSends: 24 });
  const instance = aFailed(task, { error: `no table ${task}` });
  await desk.putInstances([instance]);
  await desk.occur([
    turnOf('task-failed', instance.id, 5, {
      ...{ rules: [rule], error: `no table ${task}`, at: desk.clock() },
    }),
  ]);
  await desk.run(1);
  const { items } = await ann()('listIncidents', { query: { text: `no table ${task}` } });
  const [alert] = (await ann()('listAlertEvents', { query: { text: `~${task}~` } })).items;
  desk.mails.length = 0;
  return { instance, incident: items[0]?.id ?? '', alert: alert?.id ?? '' };
};

beforeAll(async () => {
  desk = await startDesk();
  api = startApi(desk, desk.clock);
});
afterAll(() => desk.close());

describe('incidents over the API', () => {
  it('show cause, failures, and whom they were told to', async () => {
    const { incident, instance } = await broken('shown');
    const told = await ann()('getIncident', { params: { incident } });
    expect(told).toMatchObject({
      ...{ status: 'OPEN', failures: 1, open: 1, severity: 'warning', moreMembers: false },
      cause: { kind: 'error', task: 'shown' },
      members: [{ instance: instance.id, task: 'shown', error: 'no table shown' }],
      steps: [
        { kind: 'opened' },
        { kind: 'told', reason: 'occurrence', recipients: ['ann', 'bob'] },
      ],
    });
    const members = await ann()('listIncidentMembers', {
      params: { incident },
      query: { open: 'true' },
    });
    expect(members.items).toHaveLength(1);
  });

  it('are acknowledged once, and nobody is reminded any more', async () => {
    const { incident } = await broken('acked');
    expect(await ann()('acknowledgeIncident', { params: { incident }, body: {} })).toMatchObject({
      ...{ status: 'ACKNOWLEDGED', acknowledgedBy: 'ann' },
    });
    const again = await api.as('bob', ['operator'])('acknowledgeIncident', {
      params: { incident },
      body: {},
    });
    expect(again.acknowledgedBy).toBe('ann');
    await desk.run(30);
    expect(await reasons()).not.toContain('digest');
    const mine = desk.mails.filter(({ content }) => content.text.includes('acked'));
    expect(mine).toEqual([]);
  });

  it('N78 are snoozed until an instant, come back after it, or when somebody wakes them', async () => {
    const { incident } = await broken('snoozed');
    const until = plusSeconds(desk.clock(), 3600);
    const snoozed = await ann()('snoozeIncident', { params: { incident }, body: { until } });
    expect(snoozed).toMatchObject({ status: 'SNOOZED', snoozedUntil: until });
    const told = () => desk.mails.filter(({ content }) => content.text.includes('snoozed')).length;
    await desk.run(40);
    expect(told()).toBe(0);
    await ann()('unsnoozeIncident', { params: { incident }, body: {} });
    await desk.run(12);
    expect(told()).toBe(2);
    await expect(
      ann()('unsnoozeIncident', { params: { incident }, body: {} }),
    ).rejects.toMatchObject({
      problem: { code: 'nothing-changed' },
    });
    await expect(
      ann()('snoozeIncident', {
        params: { incident },
        body: { until: plusSeconds(desk.clock(), 31 * 86_400) },
      }),
    ).rejects.toMatchObject({ problem: { code: 'invalid-input', detail: /at most 30 days/ } });
  });

  it('are closed by hand: nothing is told any more, and nothing can be done about them', async () => {
    const { incident } = await broken('closed');
    await ann()('noteIncident', {
      params: { incident },
      body: { text: 'the vendor is gone' },
      idempotencyKey: 'n1',
    });
    const closed = await ann()('closeIncident', {
      params: { incident },
      body: { comment: 'too old' },
    });
    expect(closed).toMatchObject({ status: 'CLOSED', closedBy: 'ann' });
    await desk.run(30);
    expect(desk.mails.filter(({ content }) => content.text.includes('closed'))).toEqual([]);
    await expect(
      ann()('acknowledgeIncident', { params: { incident }, body: {} }),
    ).rejects.toMatchObject({
      problem: { code: 'incident-over' },
    });
    const { steps } = await ann()('getIncident', { params: { incident } });
    expect(steps.map(({ kind, text }) => [kind, text])).toContainEqual([
      'note',
      'the vendor is gone',
    ]);
    const { items } = await ann()('searchAudit', { query: { object: `incident:${incident}` } });
    expect(items.map(({ action }) => action).toSorted()).toEqual(['close', 'note']);
  });

  it('list the open ones page by page, however old, and those that are over by time', async () => {
    const all = await ann()('listIncidents', { query: {} });
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ann()('listIncidents', { query: { limit: 1, cursor } });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    expect(paged).toEqual(all.items.map(({ id }) => id));
    const worst = await ann()('listIncidents', { query: { order: 'worst', limit: 2 } });
    expect(worst.items).toHaveLength(2);
    const over = await ann()('listIncidents', { query: { status: 'CLOSED' } });
    expect(over.items.map(({ status }) => status)).toEqual(['CLOSED']);
  });

  it('are nobody’s business without a role in their project', async () => {
    const { incident } = await broken('secret');
    const eve = api.as('eve', []);
    expect((await eve('listIncidents', { query: {} })).items).toEqual([]);
    await expect(eve('getIncident', { params: { incident } })).rejects.toMatchObject({
      problem: { code: 'incident-not-found' },
    });
    const viewer = api.as('vic', ['viewer']);
    await expect(
      viewer('acknowledgeIncident', { params: { incident }, body: {} }),
    ).rejects.toMatchObject({ problem: { code: 'forbidden' } });
    await expect(
      ann()('getIncident', { params: { incident: 'prod~p~2026-11-20T02:00:00.000Z~nothing' } }),
    ).rejects.toMatchObject({ problem: { code: 'incident-not-found' } });
  });
});

describe('the alert center', () => {
  it('lists by receiver, kind, severity and text', async () => {
    await broken('listed');
    const list = async (query: object) => (await ann()('listAlertEvents', { query })).items.length;
    expect(await list({ text: 'listed', receiver: 'me' })).toBe(1);
    expect(await list({ text: 'listed', receiver: 'duty' })).toBe(0);
    expect(await list({ text: 'listed', receiver: 'contact', name: 'bob' })).toBe(1);
    expect(await list({ text: 'listed', kind: 'task-timeout' })).toBe(0);
    expect(await list({ text: 'listed', severity: 'critical' })).toBe(0);
    expect(await list({ text: 'listed', status: 'SILENCING' })).toBe(1);
    expect(await list({ text: 'listed', to: at })).toBe(0);
  });

  it('N78 does not disturb for the rest of the day, in batches, and says what became of each', async () => {
    const { alert } = await broken('quiet');
    const result = await ann()('quietAlerts', { body: { ids: [alert, 'prod~p~x~y'] } });
    expect(result).toMatchObject({
      succeeded: [{ id: alert }],
      failed: [{ code: 'alert-not-found' }],
    });
    expect(await ann()('getAlertEvent', { params: { alert } })).toMatchObject({
      ...{ status: 'DO_NOT_DISTURB', quietUntil: '2026-11-21T00:00:00.000Z' },
    });
    await desk.run(30);
    expect(desk.mails.filter(({ content }) => content.text.includes('quiet'))).toEqual([]);
  });

  it('acknowledges and finishes', async () => {
    const { alert } = await broken('handled');
    await ann()('acknowledgeAlerts', { body: { ids: [alert] } });
    expect(await ann()('getAlertEvent', { params: { alert } })).toMatchObject({
      ...{ status: 'SILENCING', acknowledgedBy: 'ann' },
    });
    await desk.run(15);
    expect(desk.mails.filter(({ content }) => content.text.includes('handled'))).toEqual([]);
    await ann()('finishAlerts', { body: { ids: [alert] } });
    expect((await ann()('getAlertEvent', { params: { alert } })).status).toBe('FINISH');
    expect((await ann()('finishAlerts', { body: { ids: [alert] } })).skipped).toHaveLength(1);
  });
});

it('N45 keep every decision in the operation log', async () => {
  const { items } = await ann()('searchAudit', { query: { actor: 'ann', limit: 200 } });
  const of = (kind: string) =>
    new Set(
      items.filter(({ object }) => object.startsWith(`${kind}:`)).map(({ action }) => action),
    );
  expect(of('incident')).toEqual(new Set(['acknowledge', 'snooze', 'unsnooze', 'note', 'close']));
  expect(of('alert')).toEqual(new Set(['acknowledge', 'do-not-disturb', 'finish']));
});
