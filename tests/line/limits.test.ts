import { afterEach, describe, expect, it } from 'vitest';
import { ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-19T23:50:00.000Z', ...options });
};
afterEach(async () => {
  const { failures, seen } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
});

const midnight = { every: 'day', at: '00:00' } as const;
const slow: LineOptions = { fateOf: () => ({ seconds: 300, how: 'succeeds' }) };

describe('limits that people change, on the line', () => {
  it.each(['rule', 'group'] as const)(
    'a %s that is deleted strands nobody: who waited for it starts within a minute',
    async (kind) => {
      await start(slow);
      const { catalog } = line.stores;
      const rule = ThrottleRule.parse({ name: 'shut', scope: {}, maxConcurrency: 0 });
      if (kind === 'rule') await catalog.saveRule(rule, undefined);
      else await catalog.saveGroup({ name: 'shut', slots: 0 }, undefined);
      const tasks = ['a', 'b', 'c'].map((name) => work(name, { resourceGroup: 'shut' }));
      await line.publish({ workflow: 'w', schedule: midnight, tasks });
      await line.generate('2026-11-19');
      await line.runUntil('2026-11-20T00:00:10.000Z');
      const waits = kind === 'rule' ? 'THROTTLED' : 'WAIT_RESOURCE';
      expect(statuses(line, 'w')).toEqual({ a: waits, b: waits, c: waits });

      if (kind === 'rule') await catalog.removeRule('shut', 1, line.time.clock());
      else await catalog.removeGroup('shut', 1, line.time.clock());
      await line.run(75);
      expect(statuses(line, 'w')).toEqual({ a: 'RUNNING', b: 'RUNNING', c: 'RUNNING' });
    },
  );

  it('N84 a changed setting holds within five minutes for what has not started; what runs keeps its own', async () => {
    await start({ fateOf: () => ({ seconds: 40, how: 'succeeds' }) });
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('running'),
        work('later', { upstreams: ['running'] }),
        work('own', { upstreams: ['running'], timeoutSeconds: 70, retries: { count: 2 } }),
      ],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:10.000Z');
    const before = await line.find(recurring('w/running'));
    await line.stores.catalog.saveSystemSettings(
      { timeoutRecurringSeconds: 50, retryCount: 7, retryIntervalSeconds: 120 },
      undefined,
    );
    await line.runUntil('2026-11-20T00:00:55.000Z');

    expect(await line.find(recurring('w/running'))).toMatchObject({
      ...{ status: 'SUCCESS', timeoutSeconds: before?.timeoutSeconds },
      retries: before?.retries,
    });
    expect(await line.find(recurring('w/later'))).toMatchObject({
      ...{ status: 'RUNNING', timeoutSeconds: 50 },
      retries: { count: 7, intervalSeconds: 120 },
    });
    expect(await line.find(recurring('w/own'))).toMatchObject({
      ...{ status: 'RUNNING', timeoutSeconds: 70 },
      retries: { count: 2, intervalSeconds: 120 },
    });
  });

  it('N85 the setting of a project beats that of the system, and the task beats both', async () => {
    await start(slow);
    const { catalog } = line.stores;
    await catalog.saveSystemSettings({ retryCount: 7, retryIntervalSeconds: 120 }, undefined);
    const project = await catalog.findProject('p');
    if (project)
      await catalog.saveProject({ ...project, settings: { retryCount: 5 } }, project.rev);
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [work('a'), work('b', { retries: { count: 3 } })],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:10.000Z');
    expect((await line.find(recurring('w/a')))?.retries).toMatchObject({
      ...{ count: 5, intervalSeconds: 120 },
    });
    expect((await line.find(recurring('w/b')))?.retries).toMatchObject({
      ...{ count: 3, intervalSeconds: 120 },
    });
  });
});
