import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { recurring, statuses } from '../../tests/line/line-tasks.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
const bizDate = '2026-11-18';
const id = (task: string) => recurring(`w/${task}`, { bizDate });
const at = (task: string) => ({ params: { instance: id(task) } });
const http = { kind: 'http', url: 'https://example.com/x', retries: { count: 0 } } as const;
const operator = () => api.as('ollie', ['operator']);
const now = () => statuses(line, 'w', bizDate);

beforeEach(async () => {
  line = await startLine({
    fateOf: ({ instanceId, attempt }) => ({
      seconds: 5,
      how: instanceId.includes('~a~') && attempt === 1 ? 'fails' : 'succeeds',
    }),
  });
  api = startApi(line.stores, line.clock);
  await api.as('root', ['admin'])('publishWorkflow', {
    params: { project: 'p', workflow: 'w' },
    body: {
      definition: {
        workflow: 'w',
        owner: 'ann',
        schedule: { every: 'day', at: '02:00' },
        tasks: [
          { name: 'a', ...http, tags: ['core'] },
          { name: 'b', ...http, upstreams: ['a'] },
          { name: 'c', ...http, upstreams: ['b'] },
          { name: 'ask', kind: 'approval', question: 'Go on?' },
        ],
      },
    },
  });
  await line.generate(bizDate);
});
afterEach(() => line.close());

const lastEntry = async (object: string) => {
  await line.drain();
  const { items } = await line.stores.ledger.listAudit({ object }, { limit: 1 });
  return items[0];
};

describe('operations on one instance', () => {
  it('N34 rerun what has ended and refuse the rest, saying from where it is possible', async () => {
    const call = operator();
    const refused = await call('rerunInstance', { ...at('b'), body: {} }).catch((error) => error);
    expect(refused.problem).toMatchObject({
      ...{ status: 409, code: 'move-not-allowed', from: 'NOT_RUN' },
      allowedFrom: ['SUCCESS', 'FAILED'],
    });
    expect(refused.problem.detail).toContain('rerun is not allowed from NOT_RUN');
    await line.run(60);
    expect(now().a).toBe('FAILED');
    expect(await call('rerunInstance', { ...at('a'), body: {} })).toMatchObject({
      status: 'NOT_RUN',
    });
    await line.run(60);
    expect(now()).toMatchObject({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect(await call('rerunInstance', { ...at('b'), body: {} })).toMatchObject({ outcome: null });
  });

  it('N35 force a rerun in any status', async () => {
    const call = operator();
    expect(await call('forceRerunInstance', { ...at('c'), body: {} })).toMatchObject({
      status: 'NOT_RUN',
      forced: true,
    });
    await line.run(60);
    expect(now()).toMatchObject({ a: 'FAILED', b: 'NOT_RUN', c: 'SUCCESS' });
    for (const task of ['a', 'b', 'c'])
      await call('forceRerunInstance', { ...at(task), body: { comment: 'again' } });
    await line.run(60);
    expect(now()).toMatchObject({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect((await call('listAttempts', at('c'))).items).toHaveLength(2);
  });

  it('N36 set only a failed one to success; what waits for it goes on', async () => {
    const call = operator();
    await expect(call('setInstanceSuccess', { ...at('a'), body: {} })).rejects.toMatchObject({
      problem: { code: 'move-not-allowed', allowedFrom: ['FAILED'] },
    });
    await line.run(60);
    expect(
      await call('setInstanceSuccess', { ...at('a'), body: { comment: 'loaded by hand' } }),
    ).toMatchObject({ status: 'SUCCESS', outcome: 'set-by-hand' });
    await line.run(60);
    expect(now()).toMatchObject({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
  });

  it('N37 terminate what waits for its time, with the name of who did it and without a retry', async () => {
    const call = operator();
    await line.run(60);
    await call('rerunInstance', { ...at('a'), body: {} });
    await line.drain();
    const due = { params: { instance: recurring('w/b', { bizDate: '2026-11-19' }) } };
    await line.generate('2026-11-19');
    await expect(call('terminateInstance', { ...due, body: {} })).rejects.toMatchObject({
      code: 'move-not-allowed',
    });
    const a = { params: { instance: recurring('w/a', { bizDate: '2026-11-19' }) } };
    await line.run(1);
    expect(await call('getInstance', a)).toMatchObject({ status: 'WAIT_TIME' });
    expect(await call('terminateInstance', { ...a, body: {} })).toMatchObject({
      ...{ status: 'FAILED', outcome: 'terminated', error: 'terminated by ollie' },
    });
    await line.run(60);
    expect(await call('getInstance', due)).toMatchObject({ status: 'NOT_RUN' });
  });

  it('N20 pause one cycle only, shown as a flag beside the status', async () => {
    const call = operator();
    await line.generate('2026-11-19');
    expect(await call('pauseInstance', { ...at('b'), body: {} })).toMatchObject({
      paused: true,
      status: 'NOT_RUN',
    });
    const other = { params: { instance: recurring('w/b', { bizDate: '2026-11-19' }) } };
    expect(await call('getInstance', other)).toMatchObject({ paused: false, taskPaused: false });
  });

  it('N40 remove upstreams of this instance only, and refuse what is none of its upstreams', async () => {
    const call = operator();
    await line.generate('2026-11-19');
    await line.run(60);
    await expect(
      call('removeInstanceUpstreams', { ...at('b'), body: { parents: [id('a'), id('c')] } }),
    ).rejects.toMatchObject({
      code: 'upstream-not-found',
      problem: { detail: `${id('b')} does not wait for ${id('c')}` },
    });
    await call('removeInstanceUpstreams', {
      ...at('b'),
      body: { parents: [id('a')], comment: 'not needed today' },
    });
    await line.run(60);
    expect(now()).toMatchObject({ a: 'FAILED', b: 'SUCCESS', c: 'SUCCESS' });
    const tomorrow = (task: string) => recurring(`w/${task}`, { bizDate: '2026-11-19' });
    expect(await line.stores.instances.parentsOf(tomorrow('b'))).toEqual([tomorrow('a')]);
    expect(await lastEntry(`instance:${id('b')}`)).toMatchObject({
      ...{ action: 'remove-upstream', actor: 'ollie', reason: `${id('a')}: not needed today` },
    });
  });

  it('hold with a reason until a time that lies ahead', async () => {
    const call = operator();
    const until = '2026-11-20T08:00:00.000Z';
    await expect(call('holdInstance', { ...at('b'), body: { reason: ' ' } })).rejects.toMatchObject(
      { problem: { errors: [{ path: 'body.reason', message: 'reason must say why' }] } },
    );
    await expect(
      call('holdInstance', {
        ...at('b'),
        body: { reason: 'x', until: '2026-11-19T00:00:00.000Z' },
      }),
    ).rejects.toMatchObject({ problem: { errors: [{ path: 'body.until' }] } });
    expect(
      await call('holdInstance', { ...at('b'), body: { reason: 'late file', until } }),
    ).toMatchObject({ held: { by: 'ollie', reason: 'late file', until }, taskPaused: false });
    await expect(call('holdInstance', { ...at('b'), body: { reason: 'x' } })).rejects.toMatchObject(
      { problem: { detail: 'it is already held' } },
    );
    const listed = await call('listInstances', { query: { project: 'p', bizDate, held: 'true' } });
    expect(listed.items.map(({ task }) => task)).toEqual(['b']);
    expect((await call('unholdInstance', { ...at('b'), body: {} })).held).toBeUndefined();
    await expect(call('unholdInstance', { ...at('b'), body: {} })).rejects.toMatchObject({
      problem: { detail: 'it is not held' },
    });
  });

  it('approve or reject what asks, and nothing else', async () => {
    const call = operator();
    await line.run(5);
    const asked = await call('listInstances', { query: { project: 'p', bizDate, asked: 'true' } });
    expect(asked.items.map(({ task }) => task)).toEqual(['ask']);
    await expect(call('approveInstance', { ...at('b'), body: {} })).rejects.toMatchObject({
      code: 'move-not-allowed',
    });
    expect(
      await call('rejectInstance', { ...at('ask'), body: { comment: 'not today' } }),
    ).toMatchObject({ status: 'FAILED', error: 'rejected by ollie: not today' });
    await call('rerunInstance', { ...at('ask'), body: {} });
    await line.run(5);
    expect(await call('approveInstance', { ...at('ask'), body: {} })).toMatchObject({
      status: 'SUCCESS',
    });
  });

  it('undo a success set by hand until a dependant has started, then name it', async () => {
    const call = operator();
    await call('pauseInstance', { ...at('b'), body: {} });
    await line.run(60);
    await call('setInstanceSuccess', { ...at('a'), body: {} });
    await line.drain();
    expect(await call('undoInstance', { ...at('a'), body: {} })).toMatchObject({
      status: 'FAILED',
      outcome: 'failed',
    });
    await line.drain();
    await call('setInstanceSuccess', { ...at('a'), body: {} });
    await call('resumeInstance', { ...at('b'), body: {} });
    await line.run(60);
    const refused = await call('undoInstance', { ...at('a'), body: {} }).catch((error) => error);
    expect(refused.problem).toMatchObject({ code: 'dependant-started', dependants: [id('b')] });
    expect(refused.problem.detail).toContain(`w/b of ${bizDate}`);
    expect(now()).toMatchObject({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
  });

  it('N44 ask both switches of a pause: its own and that of its task', async () => {
    const call = operator();
    const task = { params: { project: 'p', workflow: 'w', task: 'a' } };
    await line.run(60);
    await call('pauseTask', { ...task, body: {} });
    await call('rerunInstance', { ...at('a'), body: {} });
    await call('pauseInstance', { ...at('a'), body: {} });
    await line.run(90);
    const codes = async () =>
      (await call('diagnoseInstance', at('a'))).blockers.map(({ code }) => code);
    expect(await codes()).toEqual(['instance-paused', 'task-paused']);
    await call('resumeInstance', { ...at('a'), body: {} });
    await line.run(90);
    expect(await codes()).toEqual(['task-paused']);
    expect(await call('getInstance', at('a'))).toMatchObject({ paused: false, taskPaused: true });
    await call('resumeTask', { ...task, body: {} });
    await line.run(120);
    expect(now().a).toBe('SUCCESS');
  });

  it('N43 take a changed priority into account without publishing', async () => {
    expect(
      await operator()('setInstancePriority', { ...at('b'), body: { priority: 'LOWEST' } }),
    ).toMatchObject({ priority: 'LOWEST', version: 1 });
  });

  it('N9 move one that has not started to another resource group, and no other', async () => {
    await api.as('root', ['admin'])('createResourceGroup', { body: { name: 'big', slots: 5 } });
    const call = operator();
    await call('setInstanceResourceGroup', { ...at('b'), body: { resourceGroup: 'big' } });
    const { items } = await call('listInstances', { query: { project: 'p', bizDate } });
    expect(
      Object.fromEntries(items.map(({ task, resourceGroup }) => [task, resourceGroup])),
    ).toMatchObject({ a: 'default', b: 'big', c: 'default' });
  });
});

describe('one-time instances', () => {
  it('N60 come from a start by hand only, one for each, for yesterday unless said otherwise', async () => {
    const call = operator();
    await line.publish({ workflow: 'once', tasks: [{ name: 't', kind: 'wait', seconds: 600 }] });
    const byHand = async () =>
      (await call('listInstances', { query: { project: 'p', bizDate, family: 'manual' } })).items;
    await line.generate('2026-11-19');
    await line.run(60);
    expect(await byHand()).toEqual([]);

    const start = { params: { project: 'p', workflow: 'once' }, body: {} };
    const [first, second] = [
      await call('startWorkflow', start),
      await call('startWorkflow', start),
    ];
    await line.run(5);
    const rows = await byHand();
    expect(rows.map(({ id: one }) => one).toSorted()).toEqual(
      [`${first.run}~t~1`, `${second.run}~t~1`].toSorted(),
    );
    expect(rows).toMatchObject([{ status: 'WAIT_TIME' }, { status: 'WAIT_TIME' }]);

    const ids = rows.map(({ id: one }) => one);
    const ended = await call('batchInstances', { body: { op: 'terminate', ids } });
    expect(ended.succeeded).toHaveLength(2);
    const again = await call('batchInstances', { body: { op: 'rerun', ids } });
    expect(again.succeeded).toHaveLength(2);
  });
});

describe('operations on many instances', () => {
  it('N41 give one result for each: what is refused hides nothing', async () => {
    const call = operator();
    await line.run(60);
    const ids = [id('a'), id('b'), recurring('w/gone', { bizDate })];
    const result = await call('batchInstances', { body: { op: 'set-success', ids } });
    expect(result).toMatchObject({
      requested: 3,
      succeeded: [{ id: id('a') }],
      skipped: [{ id: id('b'), reason: expect.stringContaining('allowed from FAILED') }],
      failed: [{ code: 'instance-not-found' }],
    });
    await expect(call('batchInstances', { body: { op: 'hold', ids } })).rejects.toMatchObject({
      problem: { errors: [{ path: 'body.reason' }] },
    });
    await line.run(60);
    const undone = await call('batchInstances', { body: { op: 'undo', ids: [id('a')] } });
    expect(undone.skipped).toMatchObject([{ id: id('a') }]);
  });

  it.each(['hold', 'unhold', 'pause', 'resume', 'force-rerun'] as const)(
    '%s all selected',
    async (op) => {
      const call = operator();
      const ids = [id('b'), id('c')];
      const reason = 'window';
      if (op === 'unhold') await call('batchInstances', { body: { op: 'hold', ids, reason } });
      if (op === 'resume') await call('batchInstances', { body: { op: 'pause', ids } });
      const result = await call('batchInstances', { body: { op, ids, reason, comment: 'all' } });
      expect(result.succeeded.map((each) => each.id)).toEqual(ids);
    },
  );
});

describe('the operation log', () => {
  it('N45 names every operation, who did it and when, with what was before and after', async () => {
    const call = operator();
    await line.run(60);
    const comment = { body: { comment: 'x' } };
    const done: [string, string, () => Promise<unknown>][] = [
      ['a', 'set-success', () => call('setInstanceSuccess', { ...at('a'), ...comment })],
      ['a', 'force-rerun', () => call('forceRerunInstance', { ...at('a'), ...comment })],
      ['c', 'hold', () => call('holdInstance', { ...at('c'), body: { reason: 'x' } })],
      ['c', 'unhold', () => call('unholdInstance', { ...at('c'), ...comment })],
      ['c', 'pause', () => call('pauseInstance', { ...at('c'), ...comment })],
      ['c', 'undo', () => call('undoInstance', { ...at('c'), ...comment })],
      ['ask', 'reject', () => call('rejectInstance', { ...at('ask'), ...comment })],
    ];
    for (const [task, action, operate] of done) {
      const when = line.clock();
      await operate();
      const entry = await lastEntry(`instance:${id(task)}`);
      expect(entry).toMatchObject({ action, actor: 'ollie', at: when, reason: 'x' });
      if (action === 'hold')
        expect(entry?.detail).toMatchObject({ before: { held: false }, after: { held: true } });
    }
  });
});
