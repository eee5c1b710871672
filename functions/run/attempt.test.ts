import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedAttempt } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { type MoveRequest, moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import { Project } from '../../shared/domain/project/project.schema.ts';
import {
  newWorkflow,
  publishVersion,
  setOnline,
} from '../../shared/domain/workflow/change-workflow.ts';
import { aWorkflow, type WorkflowInput } from '../../shared/testing/a-workflow.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { createTables, type Engine, engineClient, startEngine } from '../../tests/faults/engine.ts';
import { startFaultProxy } from '../../tests/faults/fault-proxy.ts';
import { resolveByDns } from '../engines/egress-guard.ts';
import { type CatalogStore, catalogStore } from '../stores/catalog-store.ts';
import { type InstanceStore, instanceStore } from '../stores/instance-store.ts';
import { type LogStore, logStore } from '../stores/logs-store.ts';
import { claim } from './claim.ts';
import { ended } from './ended.ts';
import { finish } from './finish.ts';
import { runHttp } from './run-http.ts';

let engine: Engine;
let tables: Awaited<ReturnType<typeof createTables>>;
let instances: InstanceStore;
let catalog: CatalogStore;
let logs: LogStore;
let server: Server;
let hostName: string;
const seen: { url: string; body: string; authorization: string | undefined }[] = [];

/** A minute passes with every look at the clock, so no answer of the catalog is ever remembered. */
let minutes = 0;
const clock = () => isoOf(Date.parse('2026-11-20T02:00:00.000Z') + 60_000 * minutes++);
const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };

beforeAll(async () => {
  engine = await startEngine();
  const client = engineClient(engine.endpoint);
  tables = await createTables(client);
  instances = instanceStore({ client, table: tables.instances });
  catalog = catalogStore({ client, table: tables.catalog });
  logs = logStore({ client, table: tables.logs });

  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = '', headers } = request;
    seen.push({
      url,
      body: Buffer.concat(chunks).toString(),
      authorization: headers.authorization,
    });
    if (url.startsWith('/hang')) return;
    response.statusCode = url.startsWith('/bad') ? 503 : 200;
    response.end(url.startsWith('/bad') ? 'no: s3cret-value' : '{"rows": 42, "deep": {"x": 1}}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  hostName = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const at = '2026-11-01T00:00:00.000Z';
  const project = { name: 'p', zone: 'Europe/Berlin', createdAt: at, updatedAt: at, rev: 1 };
  await catalog.saveProject(Project.parse({ ...project, allowHosts: [hostName] }), undefined);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  const used = await slotsInUse();
  await engine.stop();
  expect(used).toBe(0);
});

/** Publishes a workflow and puts the version online; again: the next version. */
const publish = async (fields: WorkflowInput & { workflow: string }) => {
  const definition = aWorkflow(fields);
  const { workflow, tags } = definition;
  const at = clock();
  const facts = { tags, dependsOn: [] };
  const stored = await catalog.findWorkflow('p', workflow);
  const content = await catalog.putContent('p', definition, {});
  const record = publishVersion(
    stored ?? newWorkflow({ project: 'p', workflow }, facts, at),
    facts,
    {
      content,
      at,
      by: 'ann',
      tasks: definition.tasks.length,
      periodic: true,
    },
  );
  const online = setOnline(record, 'prod', record.latest, { at });
  if (!online.ok) throw new Error(online.error.message);
  await catalog.saveVersion(online.value, stored?.rev);
};

const httpTask = (path: string, more: object = {}) =>
  ({
    name: 't',
    kind: 'http',
    method: 'POST',
    url: `http://${hostName}${path}`,
    headers: { authorization: 'Bearer s3cret-value' },
    ...more,
  }) as NonNullable<WorkflowInput['tasks']>[number];

const move = async (instance: Instance, request: Omit<MoveRequest, 'at' | 'actor'>) => {
  const moved = moveInstance(instance, { ...request, at: clock(), actor: 'ann' });
  if (!moved.ok) throw new Error(moved.error.message);
  return moved.value;
};

/** An admitted instance that holds a slot. */
const submitted = async (workflow: string, fields: Partial<Instance> = {}): Promise<Instance> => {
  const created = anInstance({ workflow, kind: 'http', timeoutSeconds: 5, ...fields });
  await instances.create(created);
  return admit(created);
};

const admit = async (instance: Instance): Promise<Instance> => {
  const slot = { pool: 'group:etl', stripe: 0 };
  const admitted = await move(instance, {
    move: 'admit',
    set: { attempt: instance.attempt + 1, submittedAt: clock(), slots: [slot] },
  });
  await instances.commit(admitted, { take: [{ ...slot, share: 20 }] });
  return admitted.instance;
};

const slotsInUse = async () => {
  const [pool] = await instances.readPools('prod', [
    { id: 'group:etl', kind: 'resource', name: 'etl', limit: 20 },
  ]);
  return pool?.stripes[0]?.used;
};

const claimAs = (instance: Instance, token = 'token') =>
  claim({ instances, catalog, logs, clock })({
    contract: 1,
    instanceId: instance.id,
    attempt: instance.attempt,
    timeoutSeconds: instance.timeoutSeconds,
    kind: instance.kind,
    token,
  });
const claimed = async (instance: Instance): Promise<ClaimedAttempt> => {
  const answer = await claimAs(instance);
  if (!answer.proceed) throw new Error('not claimed');
  return answer;
};
const runTask = (attempt: ClaimedAttempt) =>
  runHttp({ clock, resolve: resolveByDns })(attempt, host);
const finishWith = (
  attempt: ClaimedAttempt,
  end: { result?: unknown; error?: { Error: string } },
) => finish({ instances, logs, clock })({ ...attempt, ...end });
const runWhole = async (instance: Instance) => {
  const attempt = await claimed(instance);
  return finishWith(attempt, { result: await runTask(attempt) });
};
const found = async ({ id }: Instance): Promise<Instance> => {
  const instance = await instances.find(id);
  if (!instance) throw new Error(`no ${id}`);
  return instance;
};
const linesOf = async ({ id }: Instance) => {
  const { items } = await logs.ofInstance(id);
  return items.flatMap(({ attempt, lines }) => lines.map((line) => ({ attempt, ...line })));
};

describe('an attempt', () => {
  it('runs with its parameters filled in and leaves outputs, a record and a log', async () => {
    await publish({
      workflow: 'whole',
      parameters: { api_token: 'p4rameter', day: '${yyyymmdd}' },
      tasks: [
        httpTask('/ok?d=${day}&k=${api_token}', {
          body: { run: '${run}', task: 'T 1', attempt: '${attempt}', seconds: 0.5 },
          outputs: ['rows', 'deep'],
        }),
      ],
    });
    const before = await slotsInUse();
    const instance = await submitted('whole');
    expect(await runWhole(instance)).toEqual({ status: 'SUCCESS' });

    expect(seen.at(-1)).toEqual({
      url: '/ok?d=20261119&k=p4rameter',
      body: `{"run":"${instance.runId}","task":"T 1","attempt":"1","seconds":0.5}`,
      authorization: 'Bearer s3cret-value',
    });
    expect(await found(instance)).toMatchObject({ status: 'SUCCESS', outcome: 'ran', slots: [] });
    expect(await slotsInUse()).toBe(before ?? 0);
    expect(await instances.attempts(instance.id)).toEqual([
      expect.objectContaining({
        attempt: 1,
        status: 'SUCCESS',
        outcome: 'ran',
        codeVersion: 1,
        usedMb: expect.any(Number),
        cpuSeconds: expect.any(Number),
      }),
    ]);
    expect((await instances.outputsOf([instance.id])).get(instance.id)).toEqual({ rows: '42' });

    const log = await linesOf(instance);
    expect(log.map(({ operation }) => operation)).toEqual([
      'claim',
      'resolve',
      'invoke',
      'invoke',
      'read',
      'finish',
    ]);
    expect(JSON.stringify(log)).not.toMatch(/p4rameter|s3cret-value/);
  });

  it('reads what its upstreams gave', async () => {
    await publish({
      workflow: 'given',
      tasks: [
        httpTask('/ok', { name: 'up', outputs: ['rows'] }),
        httpTask('/ok?n=${up.rows}', { upstreams: ['up'] }),
      ],
    });
    const up = await submitted('given', { task: 'up' });
    const child = await submitted('given');
    await instances.putEdges([{ child: child.id, parent: up.id }]);
    await runWhole(up);
    expect(await runWhole(child)).toEqual({ status: 'SUCCESS' });
    expect(seen.at(-1)?.url).toBe('/ok?n=42');
  });

  it('is claimed by one execution; a duplicate ends quietly and a retried state goes on', async () => {
    await publish({ workflow: 'twice', tasks: [httpTask('/ok')] });
    const instance = await submitted('twice');
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((token) => claimAs(instance, token)),
    );
    const winners = answers.filter((answer) => answer.proceed);
    expect(winners).toHaveLength(1);

    const [winner] = winners;
    if (!winner?.proceed) throw new Error('nobody');
    const again = await claimAs(instance, winner.token);
    expect(again).toMatchObject({ proceed: true, request: winner.request, token: winner.token });
    expect(await claimAs({ ...instance, attempt: 2 })).toEqual({ proceed: false });

    expect(
      await finishWith({ ...winner, token: 'other' }, { result: await runTask(winner) }),
    ).toEqual({});
    const result = await runTask(winner);
    const ends = await Promise.all([1, 2, 3].map(() => finishWith(winner, { result })));
    expect(ends.filter(({ status }) => status === 'SUCCESS')).toHaveLength(1);
    expect((await found(instance)).moves.filter((each) => each.move === 'succeed')).toHaveLength(1);
  });

  it('N12 whose task is gone fails with "definition not found"; existing instances stay', async () => {
    await publish({ workflow: 'gone', tasks: [httpTask('/ok')] });
    const instance = await submitted('gone');
    const state = { env: 'prod', project: 'p', workflow: 'gone', task: 't' } as const;
    const undeployed = { since: clock(), by: 'ann' };
    await catalog.saveTaskState({ ...state, undeployed }, undefined);

    expect(await claimAs(instance)).toEqual({ proceed: false });
    expect(await found(instance)).toMatchObject({
      status: 'FAILED',
      outcome: 'definition-missing',
      error: expect.stringContaining('definition not found'),
      slots: [],
    });
  });

  it('N10 runs the version that is online, not an edit that nobody published', async () => {
    await publish({ workflow: 'edited', tasks: [httpTask('/ok?v=1')] });
    const instance = await submitted('edited');
    await catalog.putDraft(
      'p',
      'edited',
      aWorkflow({ workflow: 'edited', tasks: [httpTask('/ok?v=draft')] }),
    );
    await runWhole(instance);
    expect(seen.at(-1)?.url).toBe('/ok?v=1');
  });

  it('without a value for a parameter fails at once, not retried, and says which', async () => {
    await publish({ workflow: 'unset', tasks: [httpTask('/ok', { body: '${nobody.gave}' })] });
    const instance = await submitted('unset');
    expect(await claimAs(instance)).toEqual({ proceed: false });
    expect(await found(instance)).toMatchObject({ status: 'FAILED', outcome: 'failed' });
    expect((await linesOf(instance)).map(({ text }) => text).join()).toContain('${nobody.gave}');
  });

  it('N23 N25 that fails is retried, each attempt with its own log, start, end, status and code version', async () => {
    await publish({ workflow: 'again', tasks: [httpTask('/bad')] });
    const instance = await submitted('again');
    expect(await runWhole(instance)).toEqual({ status: 'WAIT_TIME' });
    const waiting = await found(instance);
    expect(waiting).toMatchObject({ status: 'WAIT_TIME', autoRetries: 1, slots: [] });
    expect(Date.parse(waiting.retryAt ?? '')).toBe(
      Date.parse(waiting.moves.at(-1)?.at ?? '') + 300_000,
    );

    await publish({ workflow: 'again', tasks: [httpTask('/bad?v=2')] });
    expect(await runWhole(await admit(waiting))).toEqual({ status: 'FAILED' });
    expect(await found(instance)).toMatchObject({
      status: 'FAILED',
      outcome: 'failed',
      error: 'POST answered 503',
    });

    const [first, second] = await instances.attempts(instance.id);
    expect(first).toMatchObject({ status: 'FAILED', outcome: 'failed', codeVersion: 1 });
    expect(second).toMatchObject({ status: 'FAILED', outcome: 'failed', codeVersion: 2 });
    expect((first?.endedAt ?? '') < (second?.startedAt ?? '')).toBe(true);
    expect((first?.startedAt ?? '') < (first?.endedAt ?? '')).toBe(true);

    const log = await linesOf(instance);
    expect(new Set(log.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]));
    expect(log.some(({ text }) => text === 'no: ***')).toBe(true);
    expect(log.find(({ operation }) => operation === 'retry')).toMatchObject({ attempt: 1 });
  });

  it('N22 N24 over its time-out fails as timed out; retried only where the task says so', async () => {
    await publish({ workflow: 'late', tasks: [httpTask('/hang')] });
    const instance = await submitted('late', { timeoutSeconds: 1 });
    expect(await runWhole(instance)).toEqual({ status: 'FAILED' });
    expect(await found(instance)).toMatchObject({ outcome: 'timed-out' });

    const retries = { count: 1, intervalSeconds: 60, onTimeout: true, onLost: false };
    const other = await submitted('late', { index: 2, retries });
    expect(await finishWith(await claimed(other), { error: { Error: 'States.Timeout' } })).toEqual({
      status: 'WAIT_TIME',
    });
    expect(await instances.attempts(other.id)).toMatchObject([{ outcome: 'timed-out' }]);
  });

  it('N37 terminated meanwhile ends as terminated and is not retried, whatever its work did', async () => {
    await publish({ workflow: 'stopped', tasks: [httpTask('/ok')] });
    const instance = await submitted('stopped');
    const attempt = await claimed(instance);
    const result = await runTask(attempt);
    const terminate = { move: 'terminate', set: { stopping: 'terminate' } } as const;
    await instances.commit(await move(await found(instance), terminate));
    expect((await found(instance)).slots).toHaveLength(1);
    expect(await finishWith(attempt, { result })).toEqual({ status: 'FAILED' });
    expect(await found(instance)).toMatchObject({ outcome: 'terminated', slots: [] });

    const unclaimed = await submitted('stopped', { index: 2 });
    await instances.commit(await move(unclaimed, terminate));
    expect(await claimAs(unclaimed)).toEqual({ proceed: false });
    expect(await found(unclaimed)).toMatchObject({ status: 'FAILED', outcome: 'terminated' });
  });
});

describe('attempts on a bad day', () => {
  it.each([1, 2, 3])('each end once and give back their slots (seed %i)', async (seed) => {
    await publish({ workflow: `bad-day-${seed}`, tasks: [httpTask('/ok')] });
    const admitted = await Promise.all(
      Array.from({ length: 12 }, (_, n) => submitted(`bad-day-${seed}`, { index: n + 1 })),
    );
    // Often enough that no order of arrival goes without a fault.
    const rates = { conflict: 0.15, lostReply: 0.1 };
    const proxy = await startFaultProxy({ target: engine.endpoint, seed, rates });
    const client = engineClient(proxy.endpoint);
    const deps = {
      instances: instanceStore({ client, table: tables.instances }),
      catalog: catalogStore({ client, table: tables.catalog }),
      logs: logStore({ client, table: tables.logs }),
      clock,
    };
    const execute = async (
      { id: instanceId, attempt, timeoutSeconds, kind }: Instance,
      token: string,
    ) => {
      const input = { contract: 1, instanceId, attempt, timeoutSeconds, kind, token } as const;
      const answer = await claim(deps)(input);
      if (!answer.proceed) return [];
      const result = { ok: true, outputs: { n: '1' }, lines: [], usage: {} };
      const ends = [1, 2].map(() => finish(deps)({ ...answer, result }));
      return Promise.all(ends);
    };
    try {
      const ends = await Promise.all(
        admitted.flatMap((each) => ['a', 'b'].map((token) => execute(each, token))),
      );
      expect(ends.flat().filter(({ status }) => status === 'SUCCESS')).toHaveLength(12);
      expect(proxy.injected.conflict + proxy.injected.lostReply).toBeGreaterThan(0);
    } finally {
      await proxy.stop();
    }
    for (const each of admitted) {
      const instance = await found(each);
      expect(instance).toMatchObject({ status: 'SUCCESS', slots: [] });
      expect(instance.moves.map(({ move: name }) => name)).toEqual([
        'generate',
        'admit',
        'claim',
        'succeed',
      ]);
    }
  });
});

describe('an execution that ended without a word', () => {
  const endedAs = (status: string, { id, attempt, kind, timeoutSeconds }: Instance) => {
    const input = JSON.stringify({ contract: 1, instanceId: id, attempt, kind, timeoutSeconds });
    return ended({ instances, logs, clock })({ detail: { status, name: 'x', input } });
  };

  it('is lost, once; retried only where the task says so', async () => {
    await publish({ workflow: 'lost', tasks: [httpTask('/ok')] });
    const instance = await submitted('lost');
    const attempt = await claimed(instance);
    expect(await endedAs('ABORTED', { ...instance, attempt: 7 })).toEqual({ done: 0 });
    expect(await endedAs('ABORTED', instance)).toEqual({ done: 1 });
    expect(await endedAs('ABORTED', instance)).toEqual({ done: 0 });
    expect(await found(instance)).toMatchObject({ status: 'FAILED', outcome: 'lost', slots: [] });
    expect(await finishWith(attempt, { result: await runTask(attempt) })).toEqual({});

    const retries = { count: 2, intervalSeconds: 60, onTimeout: false, onLost: true };
    const other = await submitted('lost', { index: 2, retries });
    expect(await endedAs('FAILED', other)).toEqual({ done: 1 });
    expect(await found(other)).toMatchObject({ status: 'WAIT_TIME', slots: [] });
  });

  it('is terminated when somebody was stopping it', async () => {
    await publish({ workflow: 'aborted', tasks: [httpTask('/ok')] });
    const instance = await submitted('aborted');
    await claimed(instance);
    const stopping = { move: 'terminate', set: { stopping: 'terminate' } } as const;
    await instances.commit(await move(await found(instance), stopping));
    expect(await endedAs('ABORTED', instance)).toEqual({ done: 1 });
    expect(await found(instance)).toMatchObject({ status: 'FAILED', outcome: 'terminated' });
  });
});

describe("the answer of a user's function", () => {
  const lambda = async (index: number, result: object) => {
    await publish({
      workflow: 'fn',
      tasks: [{ name: 't', kind: 'lambda', functionName: 'f', outputs: ['rows'], retries: {} }],
    });
    const retries = { count: 0, intervalSeconds: 60, onTimeout: false, onLost: false };
    const instance = await submitted('fn', { index, kind: 'lambda', retries });
    const attempt = await claimed(instance);
    if (attempt.request.kind !== 'lambda') throw new Error(attempt.request.kind);
    const { status } = await finishWith(attempt, { result });
    return { instance, status, payload: attempt.request.payload };
  };
  const LogResult = Buffer.from(
    'START RequestId: 1\nworking\nEND RequestId: 1\nREPORT RequestId: 1 Duration: 3 ms Memory Size: 512 MB Max Memory Used: 90 MB\n',
  ).toString('base64');

  it('gives outputs, the end of its log and its memory', async () => {
    const { instance, status, payload } = await lambda(1, { LogResult, Payload: '{"rows":7}' });
    expect(status).toBe('SUCCESS');
    expect(payload).toMatchObject({ instance: instance.id, task: 't', attempt: 1 });
    expect((await instances.outputsOf([instance.id])).get(instance.id)).toEqual({ rows: '7' });
    expect(await instances.attempts(instance.id)).toMatchObject([{ allocatedMb: 512, usedMb: 90 }]);
    expect((await linesOf(instance)).map(({ text }) => text)).toContain('working');
  });

  it('fails when it cannot be read', async () => {
    const { instance, status } = await lambda(3, { LogResult: 7 });
    expect(status).toBe('FAILED');
    expect(await found(instance)).toMatchObject({
      error: expect.stringContaining('ResultInvalid'),
    });
  });

  it('fails when the function did', async () => {
    const { instance, status } = await lambda(2, {
      LogResult,
      FunctionError: 'Unhandled',
      Payload: '{"errorType":"TypeError","errorMessage":"x is not y"}',
    });
    expect(status).toBe('FAILED');
    expect(await found(instance)).toMatchObject({ error: 'TypeError: x is not y' });
  });
});
