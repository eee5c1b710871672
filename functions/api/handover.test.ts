import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { recurring, work } from '../../tests/line/line-tasks.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
const fates = new Map<string, 'succeeds' | 'fails'>();
beforeAll(async () => {
  line = await startLine({
    at: '2026-11-19T23:50:00.000Z',
    fateOf: ({ instanceId }) => ({
      seconds: 30,
      how: fates.get(instanceId.split('~')[6] ?? '') ?? 'succeeds',
    }),
  });
  api = startApi(line.stores, line.clock);
  await api.as('root', ['admin'])('putMember', {
    params: { project: 'p', user: 'ann' },
    body: { role: 'operator' },
    ifMatch: 1,
  });
  const once = { retries: { count: 0 } };
  await line.publish({
    workflow: 'w',
    schedule: { every: 'day', at: '00:00' },
    tasks: [
      work('fine'),
      work('broken', { ...once, runbook: 'Ask the **vendor**.' }),
      work('mended', once),
      work('kept', { upstreams: ['mended'] }),
    ],
  });
  for (const task of ['broken', 'mended']) fates.set(task, 'fails');
  for (const bizDate of ['2026-11-18', '2026-11-19']) await line.generate(bizDate);
  await line.runUntil('2026-11-20T00:05:00.000Z');
});
afterAll(() => line.close());

const ann = () => api.as('ann');
const shift = { params: { project: 'p' } };
const tasksIn = (rows: readonly { task: string }[]) => [...new Set(rows.map(({ task }) => task))];

describe('the hand-over', () => {
  it('tells what broke, healed and is kept back, and who did what', async () => {
    fates.set('mended', 'succeeds');
    await ann()('pauseInstance', {
      params: { instance: recurring('w/kept') },
      body: { comment: 'not before noon' },
    });
    await ann()('rerunInstance', {
      params: { instance: recurring('w/mended') },
      body: { comment: 'vendor is back' },
    });
    await ann()('pauseTask', {
      params: { project: 'p', workflow: 'w', task: 'fine' },
      body: { comment: 'too slow' },
    });
    await line.runUntil('2026-11-20T00:10:00.000Z');

    const told = await ann()('getHandover', shift);
    expect(told).toMatchObject({ looked: false, since: '2026-11-19T00:10:00.000Z', more: [] });
    expect(tasksIn(told.broke)).toEqual(['broken', 'mended']);
    expect(told.broke.map(({ id }) => id)).not.toContain(recurring('w/mended'));
    expect(told.healed).toMatchObject([
      { id: recurring('w/mended'), by: 'ann', move: 'rerun', reason: 'vendor is back' },
    ]);
    expect(told.kept).toMatchObject([
      { id: recurring('w/kept'), by: 'ann', reason: 'not before noon' },
    ]);
    expect(told.pausedTasks).toMatchObject([{ task: 'fine', by: 'ann', reason: 'too slow' }]);
    expect(told.operators).toEqual([
      { actor: 'ann', count: 3 },
      { actor: 'root', count: 1 },
    ]);
  });

  it('names who is at risk: due, not ended, and later than one and a half times the mean', async () => {
    const told = await ann()('getHandover', shift);
    // `kept` has never run, so nothing is expected of it.
    expect(told.atRisk).toEqual([]);
    await line.stores.views.addDurations(
      { env: 'prod', project: 'p', workflow: 'w', task: 'kept' },
      [60],
    );
    const later = await startApi(line.stores, line.clock).as('ann')('getHandover', shift);
    expect(later.atRisk.map(({ id }) => id)).toContain(recurring('w/kept'));
    expect(later.atRisk[0]).toMatchObject({ meanSeconds: 60 });
  });

  it('begins where the same person has marked it as read in this project, and never goes back', async () => {
    const { at } = await ann()('getHandover', shift);
    await ann()('markHandoverRead', { ...shift, body: { at } });
    await ann()('markHandoverRead', { ...shift, body: { at: '2026-11-01T00:00:00.000Z' } });
    await ann()('markHandoverRead', { ...shift, body: { at } });
    const told = await ann()('getHandover', shift);
    expect(told).toMatchObject({ looked: true, since: at, broke: [], healed: [] });
    expect(await api.as('root', ['admin'])('getHandover', shift)).toMatchObject({ looked: false });
    const again = await ann()('getHandover', {
      ...shift,
      query: { since: '2026-11-19T12:00:00.000Z' },
    });
    expect(again.broke.length).toBeGreaterThan(0);
  });

  it('keeps notes that only their author changes, each with an entry in the operation log', async () => {
    const note = await ann()('addHandoverNote', { ...shift, body: { text: 'Watch **broken**' } });
    const place = { params: { project: 'p', note: note.id } };
    await expect(
      api.as('root', ['admin'])('editHandoverNote', { ...place, body: { text: 'x' }, ifMatch: 1 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await ann()('editHandoverNote', { ...place, body: { text: 'Watch mended' }, ifMatch: 1 });
    await expect(
      ann()('editHandoverNote', { ...place, body: { text: 'x' }, ifMatch: 1 }),
    ).rejects.toMatchObject({ code: 'stale-rev' });
    const { items } = await ann()('listHandoverNotes', shift);
    expect(items).toMatchObject([{ by: 'ann', text: 'Watch mended', rev: 2 }]);
    const log = await ann()('searchAudit', { query: { object: 'project:p', actor: 'ann' } });
    expect(log.items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['note', 'edit-note']),
    );
  });
});

describe('the runbook of an instance', () => {
  it('comes with the last hand operation after which the task succeeded, the same error first', async () => {
    const broken = await ann()('getRunbook', {
      params: { instance: recurring('w/broken') },
    });
    expect(broken).toMatchObject({ runbook: 'Ask the **vendor**.', looked: 1 });
    expect(broken.lastFix).toBeUndefined();

    const earlier = recurring('w/mended', { bizDate: '2026-11-18' });
    await ann()('rerunInstance', {
      params: { instance: earlier },
      body: { comment: 'asked the vendor' },
    });
    await line.run(120);
    const mended = await ann()('getRunbook', { params: { instance: recurring('w/mended') } });
    expect(mended.lastFix).toMatchObject({
      ...{ instance: earlier, move: 'rerun', actor: 'ann', reason: 'asked the vendor' },
    });
    expect(mended.lastFix?.error).toBeDefined();
  });
});
