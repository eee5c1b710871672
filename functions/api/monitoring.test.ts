import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { getMonitoring } from './read-monitoring.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
beforeEach(async () => {
  line = await startLine({
    fateOf: ({ instanceId }) => ({
      seconds: 30,
      how: instanceId.includes('~bad~') ? 'fails' : 'succeeds',
    }),
  });
  api = startApi(line.stores, line.clock);
});
afterEach(() => line.close());

const admin = () => api.as('root', ['admin']);
const post = { kind: 'http', url: 'https://example.com/x', retries: { count: 0 } } as const;
const publish = (workflow: string, task: string) =>
  admin()('publishWorkflow', {
    params: { project: 'p', workflow },
    body: { definition: { workflow, tasks: [{ name: task, ...post }] } as never },
  });
const start = async (workflow: string) =>
  (await admin()('startWorkflow', { params: { project: 'p', workflow }, body: {} })).run;
const look = (query: object = {}) => admin()('getMonitoring', { query });

describe('the overview of runs', () => {
  it('W52 shows runs, successes and mean duration of today, by application and by workflow', async () => {
    await publish('fine', 'a');
    await publish('poor', 'bad');
    for (const workflow of ['fine', 'fine', 'poor']) await start(workflow);
    await line.run(120);
    const all = await look({ project: 'p' });
    expect(all).toMatchObject({
      from: '2026-11-19T00:00:00.000Z',
      zone: 'UTC',
      stepSeconds: 900,
      totals: { runs: 3, succeeded: 2, failed: 1, running: 0, meanMs: expect.any(Number) },
      failing: [{ project: 'p', workflow: 'poor', failed: 1 }],
    });
    expect(all.totals.meanMs).toBeGreaterThanOrEqual(30_000);
    expect(all.countedFrom).toBeUndefined();
    const fine = await look({ project: 'p', workflow: 'fine' });
    expect(fine.totals).toMatchObject({ runs: 2, succeeded: 2, failed: 0, successRate: 1 });
    expect((await look()).totals.runs).toBe(3);

    const { items } = await admin()('listRuns', {
      query: { project: 'p', startedFrom: all.from, startedUntil: all.to, status: 'SUCCESS' },
    });
    expect(items).toHaveLength(2);
    const { items: none } = await admin()('listRuns', {
      query: { project: 'p', startedFrom: all.to, startedUntil: '2026-11-30T00:00:00.000Z' },
    });
    expect(none).toEqual([]);
  });

  it('W53 refuses ranges older than seven days with the field that is wrong', async () => {
    await expect(look({ project: 'p', from: '2026-11-11T23:59:59.999Z' })).rejects.toMatchObject({
      problem: { code: 'invalid-input', errors: [{ path: 'query.from' }] },
    });
    await expect(look({ project: 'p', from: '2026-11-12T00:00:00.000Z' })).resolves.toBeDefined();
  });

  it('is only for members, and names what there is not', async () => {
    const stranger = api.as('eve');
    await expect(stranger('getMonitoring', { query: { project: 'p' } })).rejects.toMatchObject({
      problem: { code: 'forbidden' },
    });
    await publish('fine', 'a');
    await start('fine');
    await line.run(60);
    expect((await stranger('getMonitoring', { query: {} })).totals.runs).toBe(0);
    await expect(look({ project: 'p', workflow: 'nope' })).rejects.toMatchObject({
      problem: { code: 'workflow-not-found' },
    });
    await expect(look({ project: 'nope' })).rejects.toMatchObject({
      problem: { code: 'project-not-found' },
    });
    await expect(look({ workflow: 'fine' })).rejects.toMatchObject({
      problem: { code: 'invalid-input' },
    });
  });

  it('says from when on it has counted where there is more than an answer adds up', async () => {
    await publish('fine', 'a');
    for (let day = 0; day < 2; day += 1) {
      await start('fine');
      await line.run(60);
      line.time.jump(plusSeconds(line.clock(), 86_400));
    }
    const query = { env: 'prod', project: 'p', from: '2026-11-19T00:00:00.000Z' } as const;
    const context = { roleIn: async () => 'admin', caller: { user: 'x' } } as unknown as ApiContext;
    const ask = async (most: number) => {
      const found = await getMonitoring({ ...line.stores, clock: line.clock }, most)(
        { params: {}, query, body: undefined },
        context,
      );
      return found.ok ? found.value : undefined;
    };
    expect(await ask(100)).toMatchObject({ totals: { runs: 2 }, countedFrom: undefined });
    expect(await ask(1)).toMatchObject({
      totals: { runs: 1 },
      countedFrom: '2026-11-20T00:00:00.000Z',
    });
  });
});
