import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import type { Requested } from '../../tests/line/bulk-operation.ts';
import { recurring, work } from '../../tests/line/line-tasks.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
const bizDate = '2026-11-19';
const day = { from: bizDate, to: bizDate };
const ann = () => api.as('ann', ['operator']);
const id = (task: string, project = 'p') => recurring(`w/${task}`, { project });

beforeEach(async () => {
  line = await startLine();
  api = startApi(line.stores, line.clock);
  await line.saveProject({ name: 'q', members: [{ user: 'bob', role: 'operator' }] });
  const tasks = [work('a', { owner: 'bob' }), work('b', { upstreams: ['a'] })];
  for (const project of ['p', 'q']) {
    const definition = { workflow: 'w', schedule: { every: 'day', at: '12:00' } as const, tasks };
    await line.publish(definition, { project });
    await line.generate(bizDate, { project });
  }
});
afterEach(async () => {
  const { failures } = line;
  await line.close();
  expect(failures).toEqual([]);
});

const plan = (body: Requested, call = ann()) => call('planOperation', { body });
const planned = async (body: Requested, call = ann()) => {
  const { id: operation } = await plan(body, call);
  await line.drain();
  return call('getOperation', { params: { operation } });
};
const confirm = (operation: string, expectedTotal: number, call = ann()) =>
  call('confirmOperation', { params: { operation }, body: { expectedTotal } });
const pauseAll = { op: 'pause', filter: { bizDate: day, workflow: 'w' } } as const;

describe('a request for an operation', () => {
  it('is refused without a condition, naming the field', async () => {
    await expect(plan({ op: 'pause', filter: { bizDate: day } })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('body.filter: filter is empty'),
    });
  });

  it('W22 is refused for more than 100 ids, with advice', async () => {
    const ids = Array.from({ length: 101 }, (_, n) => id(`t${n}`));
    await expect(plan({ op: 'pause', ids })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('select by a filter'),
    });
  });

  it('is refused when it says twice or not at all which instances, or not what to set', async () => {
    const wrong: readonly [Requested, string][] = [
      [{ op: 'pause' }, 'body.ids'],
      [{ ...pauseAll, ids: [id('a')] }, 'body.ids'],
      [{ op: 'rerun-downstream', ids: [id('a')] }, 'body.downstream'],
      [{ op: 'set-priority', ids: [id('a')] }, 'body.priority'],
      [{ op: 'hold', ids: [id('a')] }, 'body.reason'],
      [{ op: 'hold', ids: [id('a')], reason: 'x', until: line.clock() }, 'body.until'],
      [
        { op: 'rerun-downstream', downstream: { root: id('a'), range: 'list' } },
        'body.downstream.ids',
      ],
    ];
    for (const [body, path] of wrong)
      await expect(plan(body)).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(path),
      });
    const resourceGroup = 'none';
    await expect(
      plan({ op: 'set-resource-group', ids: [id('a')], resourceGroup }),
    ).rejects.toMatchObject({ code: 'resource-group-not-found' });
  });

  it('W21 is one operation however often it is sent under one key', async () => {
    const call = ann();
    const idempotencyKey = 'one';
    const [first, again] = [
      await call('planOperation', { body: pauseAll, idempotencyKey }),
      await call('planOperation', { body: pauseAll, idempotencyKey }),
    ];
    expect(again.id).toBe(first.id);
    expect((await call('listOperations', {})).items).toHaveLength(1);
  });
});

describe('a plan', () => {
  it('is for the projects of which one is an operator, and says so of ticked ones in others', async () => {
    const bob = api.as('bob');
    expect(await planned(pauseAll, bob)).toMatchObject({ total: 2, projects: ['q'] });
    const ticked = await planned({ op: 'pause', ids: [id('a'), id('a', 'q')] }, bob);
    expect(ticked).toMatchObject({ total: 1, ineligible: 1 });
    expect(ticked.plan?.ineligible.reasons[0]?.reason).toContain(
      'needs the role operator in project p',
    );
    await expect(
      plan({ op: 'pause', filter: { bizDate: day, projects: ['p', 'q'] } }, bob),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('finds by owner, status, part of a name and run', async () => {
    const total = async (filter: NonNullable<Requested['filter']>) =>
      (await planned({ op: 'pause', filter })).total;
    expect(await total({ bizDate: day, owner: 'bob' })).toBe(2);
    expect(await total({ bizDate: day, status: ['FAILED'], projects: ['p'] })).toBe(0);
    expect(await total({ bizDate: day, task: 'B' })).toBe(2);
    expect(await total({ run: (await line.find(id('a'))).runId })).toBe(2);
  });

  it('tells what hangs below and what each workflow has', async () => {
    const { plan: seen } = await planned({ op: 'pause', ids: [id('a')] });
    expect(seen).toMatchObject({
      total: 1,
      byStatus: { WAIT_TIME: 1 },
      below: { count: 1, more: false, byWorkflow: [{ project: 'p', workflow: 'w', count: 1 }] },
    });
    expect(seen).not.toHaveProperty('estimate');
  });

  it('keeps priorities above MIDDLE to administrators', async () => {
    const body: Requested = { op: 'set-priority', priority: 'HIGH', ids: [id('a')] };
    expect(await planned(body)).toMatchObject({ total: 0, ineligible: 1 });
    expect(await planned(body, api.as('root', ['admin']))).toMatchObject({ total: 1 });
  });
});

describe('a confirmation', () => {
  it('must name the number of the plan, by whoever planned it, within an hour, once', async () => {
    const { id: operation, total } = await planned(pauseAll);
    expect(total).toBe(4);
    await expect(confirm(operation, 3)).rejects.toMatchObject({ code: 'plan-differs' });
    await expect(confirm(operation, 4, api.as('root', ['admin']))).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await confirm(operation, 4)).toMatchObject({ status: 'RUNNING' });
    await expect(confirm(operation, 4)).rejects.toMatchObject({ code: 'operation-not-planned' });
    await line.drain();
    expect((await line.find(id('b', 'q'))).paused).toBe(true);

    const late = await planned({ ...pauseAll, op: 'resume' });
    line.jump('2026-11-20T00:30:00.000Z');
    await expect(confirm(late.id, 4)).rejects.toMatchObject({ code: 'plan-expired' });
  });

  it('W19 does what is allowed by now, and fails those of a project one has lost meanwhile', async () => {
    const bob = api.as('bob');
    const { id: operation } = await planned(pauseAll, bob);
    const project = await line.stores.catalog.findProject('q');
    if (!project) throw new Error('no project q');
    await line.stores.catalog.saveProject({ ...project, members: [] }, project.rev);
    await confirm(operation, 2, bob);
    await line.drain();
    expect(await bob('getOperation', { params: { operation } })).toMatchObject({
      ...{ status: 'DONE', succeeded: 0, skipped: 2 },
    });
    const { items } = await bob('listOperationItems', { params: { operation } });
    expect(items[0]).toMatchObject({
      result: 'skipped',
      reason: expect.stringContaining('bob has none'),
    });
  });
});

describe('operations', () => {
  it('are listed newest first, to whom they concern', async () => {
    const bob = api.as('bob');
    const mine = await planned({ op: 'pause', ids: [id('a', 'q')] }, bob);
    line.jump('2026-11-19T22:40:00.000Z');
    const other = await planned({ op: 'pause', ids: [id('a')] });
    const listed = async (call: typeof bob, query = {}) =>
      (await call('listOperations', { query })).items.map((each) => each.id);
    expect(await listed(ann())).toEqual([other.id, mine.id]);
    expect(await listed(bob)).toEqual([mine.id]);
    expect(await listed(ann(), { actor: 'bob', status: 'PLANNED', op: 'pause' })).toEqual([
      mine.id,
    ]);
    const hidden = { params: { operation: other.id } };
    for (const name of ['getOperation', 'listOperationItems'] as const)
      await expect(bob(name, hidden)).rejects.toMatchObject({ code: 'operation-not-found' });
    await expect(bob('abortOperation', { ...hidden, body: {} })).rejects.toMatchObject({
      code: 'operation-not-found',
    });
  });

  it('page through their items without a gap or a repetition, whatever the result asked for', async () => {
    const { id: operation } = await planned({ op: 'pause', ids: [id('b'), id('a'), id('gone')] });
    const seen: string[] = [];
    for (const result of ['pending', 'ineligible'] as const) {
      let cursor: string | undefined;
      do {
        const page = await ann()('listOperationItems', {
          params: { operation },
          query: { result, limit: 1, cursor },
        });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.cursor;
      } while (cursor);
    }
    expect(seen).toEqual([id('a'), id('b'), id('gone')]);
  });

  it('N45 stand in the operation log: planned, confirmed, aborted, and each move for itself', async () => {
    const { id: operation } = await planned({ ...pauseAll, comment: 'late file' });
    await confirm(operation, 4);
    await line.drain();
    const entries = async (object: string) =>
      (await line.stores.ledger.listAudit({ object })).items.map(({ action, actor, reason }) => ({
        ...{ action, actor, reason },
      }));
    const by = { actor: 'ann', reason: 'late file' };
    // Both carry the same instant here, so their order says nothing.
    expect(
      (await entries(`operation:${operation}`)).toSorted((a, b) => (a.action < b.action ? -1 : 1)),
    ).toEqual([
      { action: 'confirm-pause', ...by },
      { action: 'plan-pause', ...by },
    ]);
    expect(await entries(`instance:${id('a')}`)).toMatchObject([{ action: 'pause', ...by }]);
  });

  it('refuse what does not fit their state', async () => {
    const call = ann();
    const { id: operation } = await planned({ op: 'rerun', ids: [id('gone')] });
    const at = { params: { operation }, body: {} };
    await expect(call('retryOperation', at)).rejects.toMatchObject({ code: 'operation-not-over' });
    await call('abortOperation', at);
    await expect(call('undoOperation', at)).rejects.toMatchObject({ code: 'not-undoable' });
    await expect(call('retryOperation', at)).rejects.toMatchObject({ code: 'nothing-left' });
    await expect(call('getOperation', { params: { operation: 'op-none' } })).rejects.toMatchObject({
      code: 'operation-not-found',
    });
  });
});
