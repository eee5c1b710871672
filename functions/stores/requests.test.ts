import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type InstanceStore, instanceStore } from './instance-store.ts';

const at = '2026-11-20T02:00:00.000Z';

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 71],
])('requests and generations, %s', (_, seed) => {
  let open: OpenTables;
  let store: InstanceStore;

  beforeAll(async () => {
    open = await openTables({ seed });
    store = instanceStore({ client: open.client, table: open.tables.instances });
  });
  afterAll(() => open.close());

  const request = (actor: string): OperationRequest => ({
    kind: 'start',
    id: 'r1',
    env: 'prod',
    project: 'p',
    workflow: 'w',
    scope: 's1',
    runId: 'prod~p~w~m.s1~20261119~1',
    bizDate: '2026-11-19',
    parameters: {},
    actor,
    at,
    status: 'REQUESTED',
  });

  it('W21: a request asked twice is one request, and it ends once', async () => {
    expect(await store.createRequest(request('ann'))).toEqual(request('ann'));
    expect((await store.createRequest(request('bob'))).actor).toBe('ann');

    const result = { instances: 3, edges: 2, existing: 0 };
    await store.finishRequest('r1', { status: 'DONE', result, finishedAt: at });
    const again = { status: 'REFUSED', reason: 'late', finishedAt: at } as const;
    expect(await store.finishRequest('r1', again)).toBe(false);
    expect(await store.findRequest('r1')).toMatchObject({ status: 'DONE', result });
  });

  it('chunks carry work to the stages and the first count of each', async () => {
    await store.putChunks('g1', [{ workflows: ['a'] }, { workflows: ['b'] }], at);
    const done = { instances: 5, edges: 4, existing: 0 };
    await store.finishChunk('g1', 1, done);
    await store.finishChunk('g1', 1, { instances: 0, edges: 0, existing: 5 });
    expect(await store.findChunk('g1', 0)).toEqual({ work: { workflows: ['a'] } });
    expect(await store.chunksOfGeneration('g1')).toEqual([
      { work: { workflows: ['a'] } },
      { work: { workflows: ['b'] }, done },
    ]);
  });
});
