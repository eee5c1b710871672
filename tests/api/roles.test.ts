import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rankOfRole, strongerOf } from '../../functions/edge/api-caller.ts';
import type { RouteContract } from '../../shared/contracts/api/route.ts';
import { type RouteName, routes } from '../../shared/contracts/api/routes.ts';
import { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { instanceIdOf, runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { Role } from '../../shared/domain/project/project.schema.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type OpenTables, openTables } from '../faults/open-tables.ts';
import { lineStores } from '../line/line-stages.ts';
import { sampleOf } from './sample-of.ts';
import { startApi } from './start-api.ts';

let tables: OpenTables;
let api: ReturnType<typeof startApi>;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  tables = await openTables();
  const stores = lineStores(tables.client, tables.tables);
  api = startApi(stores, () => '2026-11-20T10:00:00.000Z');
  const call = api.as('root', ['admin']);
  await call('createProject', {
    body: {
      name: 'shop',
      members: Role.options.map((role) => ({ user: `${role} of shop`, role })),
    },
  });
  await call('createProject', {
    body: { name: 'bank', members: [{ user: 'admin of bank', role: 'admin' }] },
  });
  await call('publishWorkflow', {
    params: { project: 'shop', workflow: 'daily' },
    body: { definition, online: true },
  });
  await stores.instances.create(anInstance({ ...ref, kind: 'sql' }));
  known.operation = (await call('planOperation', { body: plan })).id;
  known.hold = (await call('createHold', { body: holdRequest })).id;
  await stores.ledger.saveIncident({ before: undefined, after: incident });
});
afterAll(() => tables.close());

type Caller = {
  readonly name: string;
  /** Groups of the token: they hold everywhere. */
  readonly everywhere?: Role;
  /** What the project says. */
  readonly inShop?: Role;
  readonly signedIn: boolean;
};

const callers: readonly Caller[] = [
  { name: 'nobody', signedIn: false },
  { name: 'stranger', signedIn: true },
  { name: 'admin of bank', signedIn: true },
  ...Role.options.map((role) => ({ name: `${role} of shop`, inShop: role, signedIn: true })),
  ...Role.options.map((role) => ({ name: `system ${role}`, everywhere: role, signedIn: true })),
];

const definition = {
  workflow: 'daily',
  tasks: [{ name: 't', kind: 'sql' as const, sql: 'SELECT 1' }],
};
const ref = {
  env: 'prod',
  project: 'shop',
  workflow: 'daily',
  task: 't',
  family: 'recurring',
  scope: '',
  bizDate: '2026-11-19',
  cycle: 1,
  index: 1,
} as const;

const plan = {
  op: 'pause' as const,
  filter: {
    projects: ['shop'],
    workflow: 'daily',
    bizDate: { from: '2026-11-19', to: '2026-11-19' },
  },
};
const holdRequest = {
  purpose: 'hold' as const,
  reason: 'a test',
  target: { kind: 'project' as const, project: 'shop' },
};

const incident = Incident.parse({
  id: 'prod~shop~2026-11-20T02:00:00.000Z~0abc1230def456',
  ...{ key: 'error#prod#shop#x', env: 'prod', project: 'shop', status: 'OPEN' },
  cause: { kind: 'error', fingerprint: 'x' },
  ...{ openedAt: '2026-11-20T02:00:00.000Z', lastAt: '2026-11-20T02:00:00.000Z' },
  ...{ failures: 1, open: 1, workflows: [], seq: 1 },
});

/** What stands in requests under these names, wherever they occur; ids of what the test makes come later. */
const known: Record<string, unknown> = {
  project: 'shop',
  workflow: 'daily',
  task: 't',
  user: 'somebody else',
  instance: instanceIdOf(ref),
  run: runIdOf(ref),
  request: 'start-prod~shop~daily~x',
  definition,
  retries: { count: 1 },
  target: holdRequest.target,
  operation: 'none',
  hold: 'none',
  incident: incident.id,
};

/** An id of the kind that a batch works on, by what its path says. */
const idIn = (path: string): string => {
  if (path.startsWith('/api/alerts/')) return incident.id;
  if (path.includes('instances')) return instanceIdOf(ref);
  if (path.includes('runs')) return runIdOf(ref);
  return path.includes('tasks') ? 'shop/daily/t' : 'shop/daily';
};

/**
 * Where the smallest request means nothing, and where the work itself knows who may, beyond what a role says: who
 * planned an operation confirms it, stops it and takes it up again. Their own tests hold that.
 */
const special: Partial<
  Record<RouteName, { readonly body?: unknown; readonly itemRole?: Role; readonly byWork?: true }>
> = {
  planOperation: { body: plan },
  confirmOperation: { byWork: true },
  abortOperation: { byWork: true },
  retryOperation: { byWork: true },
  undoOperation: { byWork: true },
  spendActionLink: { byWork: true },
  saveSearch: { body: { title: 'errors', filter: {}, project: 'shop' } },
  deleteSavedSearch: { byWork: true },
  exportLogs: {
    body: { project: 'shop', from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T09:00:00.000Z' },
  },
  createRoom: {
    body: { name: 'ops', title: 'Ops', kind: 'slack', url: 'https://hooks.slack.com/x' },
  },
};

const table = Object.entries<RouteContract>(routes) as [RouteName, RouteContract][];

const requestOf = (name: RouteName, route: RouteContract) => {
  const names = { ...known, ids: [idIn(route.path)] };
  const params = sampleOf(route.params, names) as Record<string, string>;
  const query = sampleOf(route.query, names) as Record<string, string>;
  const body = route.body && (special[name]?.body ?? sampleOf(route.body, names));
  return { params, query, body };
};

/** The answer of the table, worked out anew: which role counts where, and whether it is enough. */
const mayCall = (name: RouteName, route: RouteContract, caller: Caller): boolean => {
  if (route.role === 'public') return true;
  if (!caller.signedIn) return false;
  const inShop = strongerOf(caller.everywhere, caller.inShop);
  if (route.project === 'each' && route.method !== 'GET')
    return rankOfRole(inShop) >= rankOfRole(special[name]?.itemRole ?? 'operator');
  if (route.role === 'member') return true;
  const counts = route.project === 'system' ? caller.everywhere : inShop;
  return rankOfRole(counts) >= rankOfRole(route.role);
};

const send = (name: RouteName, caller: Caller) => {
  const route: RouteContract = routes[name];
  const { params, query, body } = requestOf(name, route);
  const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(String(params[key])),
  );
  return api.send({
    method: route.method,
    path: `${path}?${new URLSearchParams(query)}`,
    // No such revision: who may edit is told so and changes nothing.
    headers: { 'if-match': '"987654"', 'idempotency-key': `${name} ${caller.name}` },
    claims: caller.signedIn
      ? {
          username: caller.name,
          ...(caller.everywhere ? { 'cognito:groups': `[${caller.everywhere}]` } : {}),
        }
      : undefined,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

/** Denied as a whole, or for every item of a batch. What one may not see is not there. */
const wasDenied = (
  { status, body }: { status: number; body: string },
  { project, method }: RouteContract,
): boolean => {
  if (status === 401 || status === 403) return true;
  if (status === 404 && project === 'each' && method !== 'GET') return true;
  if (status >= 300) return false;
  const { failed, succeeded, skipped } = JSON.parse(body);
  if (!Array.isArray(failed) || failed.length === 0) return false;
  return (
    [...(succeeded ?? []), ...(skipped ?? [])].length === 0 &&
    failed.every(({ code }: { code: string }) => code === 'forbidden')
  );
};

describe('each route × each role', () => {
  it.each(table)('%s: the request of this test is one that the route takes', (name, route) => {
    const { params, query, body } = requestOf(name, route);
    expect(route.params.safeParse(params).error?.issues).toBeUndefined();
    expect(route.query.safeParse(query).error?.issues).toBeUndefined();
    if (route.body) expect(route.body.safeParse(body).error?.issues).toBeUndefined();
  });

  it.each(table)('%s lets through exactly who the route table says', async (name, route) => {
    const answers: [string, boolean][] = [];
    for (const caller of callers) {
      const reply = await send(name, caller);
      expect([name, caller.name, reply.status]).not.toEqual([name, caller.name, 500]);
      if (!caller.signedIn && route.role !== 'public') expect(reply.status).toBe(401);
      answers.push([caller.name, !wasDenied(reply, route)]);
    }
    if (special[name]?.byWork) return;
    expect(answers).toEqual(callers.map((each) => [each.name, mayCall(name, route, each)]));
  });

  it('looked at every route, and at both answers', () => {
    const expected = table.flatMap(([name, route]) =>
      callers.map((caller) => mayCall(name, route, caller)),
    );
    expect(expected.length).toBeGreaterThan(700);
    expect(new Set(expected).size).toBe(2);
  });
});

describe('a guest of a project', () => {
  const guest = () => api.as('viewer of shop');
  const operator = () => api.as('operator of shop');
  const task = { params: { project: 'shop', workflow: 'daily', task: 't' } };
  const flow = { params: { project: 'shop', workflow: 'daily' } };
  const instance = { params: { instance: instanceIdOf(ref) } };

  it('N89 sees lists, graph and operation log, but no code; an operator sees it', async () => {
    await guest()('getGraph', flow);
    await guest()('listVersions', flow);
    await guest()('listAudit', { params: { project: 'shop' } });
    expect((await guest()('getTask', task)).work).toBeUndefined();
    expect((await operator()('getTask', task)).work).toMatchObject({ sql: 'SELECT 1' });
    await expect(guest()('getDefinition', flow)).rejects.toMatchObject({ code: 'forbidden' });
    await operator()('getDefinition', flow);
  });

  it('N89 reads no run log; an operator does', async () => {
    for (const read of [
      () => guest()('getInstanceLog', instance),
      () => guest()('getRunLog', { params: { run: runIdOf(ref) } }),
    ])
      await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
    expect(await operator()('getInstanceLog', instance)).toHaveProperty('items');
  });

  it('N89 changes nothing: every route that writes is closed to it', async () => {
    const writing: readonly string[] = ['write', 'tell', 'publish', 'ops'];
    const writes = table.filter(([, { lambda }]) => writing.includes(lambda));
    expect(writes.length).toBeGreaterThan(100);
    for (const [name, route] of writes) {
      const reply = await send(name, asCaller('viewer of shop'));
      const closed = special[name]?.byWork ? reply.status >= 400 : wasDenied(reply, route);
      expect([name, closed]).toEqual([name, true]);
    }
    const rerun = await send('rerunInstance', asCaller('operator of shop'));
    expect(wasDenied(rerun, routes.rerunInstance)).toBe(false);
  });
});

const asCaller = (name: string): Caller => ({ name, signedIn: true });
