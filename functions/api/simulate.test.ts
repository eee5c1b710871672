import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
beforeEach(async () => {
  line = await startLine();
  api = startApi(line.stores, line.clock);
});
afterEach(() => line.close());

const post = { kind: 'http', url: 'https://example.com/x', method: 'POST' } as const;
const daily = { schedule: { every: 'day', at: '02:00' } };
const chain = (workflow: string, length: number, fields: object = daily) => ({
  workflow,
  ...fields,
  tasks: Array.from({ length }, (_, n) => ({
    name: `t${n}`,
    ...post,
    upstreams: n === 0 ? [] : [`t${n - 1}`],
  })),
});
const admin = () => api.as('root', ['admin']);
const publish = (definition: ReturnType<typeof chain>) =>
  admin()('publishWorkflow', {
    params: { project: 'p', workflow: definition.workflow },
    body: { definition },
  });
const took = (task: string, seconds: number) =>
  line.stores.views.addDurations({ env: 'prod', project: 'p', workflow: 'w', task }, [seconds]);

/** The clock of the line stands before midnight UTC; the night begins after it. */
const night = { params: { project: 'p' }, body: { from: '2026-11-20T00:00:00.000Z' } } as const;

describe('simulating the next hours of a project', () => {
  it('uses what is online, what tasks took before, and the limits that hold', async () => {
    await publish(chain('w', 2));
    await took('t0', 300);
    const { simulation } = await admin()('simulate', night);
    expect(simulation).toMatchObject({ total: 2, leftOut: 0, never: [] });
    expect(
      simulation.instances.map(({ task, startAt, seconds, guessed }) => [
        task,
        startAt?.slice(11, 19),
        seconds,
        guessed,
      ]),
    ).toEqual([
      ['t0', '02:00:00', 300, false],
      ['t1', '02:05:00', 10, true],
    ]);

    await line.stores.catalog.saveRule(
      ThrottleRule.parse({ name: 'shut', scope: { projects: ['p'] }, maxConcurrency: 0 }),
      undefined,
    );
    const shut = await admin()('simulate', night);
    expect(shut.simulation.never).toMatchObject([
      { code: 'rule-closed', on: 'throttle:shut', root: true },
      { code: 'parent-waiting', root: false },
    ]);
  });

  it('plans the instances that the generation of the same day makes', async () => {
    await publish(chain('w', 3, { schedule: { every: 'hour', interval: 8 } }));
    await publish({
      ...chain('x', 1),
      tasks: [{ name: 't0', ...post, upstreams: [{ workflow: 'w', task: 't2' }] as never }],
    });
    const { simulation } = await admin()('simulate', night);
    const some = { ...night, body: { ...night.body, workflows: ['x'] } };
    expect((await admin()('simulate', some)).simulation).toMatchObject({ total: 10, never: [] });

    await line.generate('2026-11-19');
    const made = line.seen.instances().filter(({ family }) => family === 'recurring');
    expect(simulation.instances.map(({ id }) => id).toSorted()).toEqual(
      made.map(({ id }) => id).toSorted(),
    );
  });

  it('shows what a draft changes, to developers only', async () => {
    await publish(chain('w', 1));
    const body = { ...night.body, draft: { definition: chain('w', 3) }, thresholdMinutes: 0 };
    const { draft } = await admin()('simulate', { ...night, body });
    expect(draft?.simulation.total).toBe(3);
    expect(draft?.diff).toMatchObject({
      ...{ worse: true, late: ['w'], addedCount: 2 },
      workflows: [{ workflow: 'w', laterSeconds: 20 }],
    });
    const operator = api.as('olga', ['operator']);
    expect(await operator('simulate', night)).toMatchObject({ simulation: { total: 1 } });
    await expect(operator('simulate', { ...night, body })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const broken = {
      ...body,
      draft: { definition: { workflow: 'w', tasks: [{ name: 'a', kind: 'http' }] } },
    };
    await expect(admin()('simulate', { ...night, body: broken })).rejects.toMatchObject({
      code: 'definition-invalid',
    });
  });

  it('goes on from what stands', async () => {
    await publish(chain('w', 2));
    await line.generate('2026-11-19');
    const first = line.seen.instances().find(({ task }) => task === 't0')?.id ?? '';
    await admin()('pauseInstance', { params: { instance: first }, body: {} });
    const body = { ...night.body, standing: true };
    expect((await admin()('simulate', { ...night, body })).simulation.never).toMatchObject([
      { id: first, code: 'instance-paused', root: true },
      { root: false },
    ]);
    expect((await admin()('simulate', night)).simulation.never).toEqual([]);
  });

  it('refuses what is too large or not there, with what to do', async () => {
    const often = { schedule: { every: 'minute', interval: 5 } };
    await publish(chain('w', 80, often));
    await publish(chain('small', 1));
    await expect(admin()('simulate', night)).rejects.toMatchObject({
      status: 422,
      code: 'simulation-too-large',
    });
    const some = { ...night, body: { ...night.body, workflows: ['small'] } };
    expect((await admin()('simulate', some)).simulation.total).toBe(1);
    const gone = { ...night, body: { ...night.body, workflows: ['gone'] } };
    await expect(admin()('simulate', gone)).rejects.toMatchObject({ code: 'workflow-not-found' });
    await expect(
      admin()('simulate', { ...night, params: { project: 'none' } }),
    ).rejects.toMatchObject({ code: 'project-not-found' });
  });
});
