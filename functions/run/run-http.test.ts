import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedAttempt, WorkRequestOf } from '../../shared/contracts/stages.ts';
import { resolveByDns } from '../engines/egress-guard.ts';
import { runHttp } from './run-http.ts';

const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };
let server: Server;
let at: string;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    if (url === '/long') response.writeHead(500).end('x'.repeat(10_000));
    else if (url === '/big') response.end(`{"n": 1, "text": "${'x'.repeat(2_000_000)}"}`);
    else response.writeHead(Number(url.slice(1))).end(`{"n": 1, "text": "${'x'.repeat(300)}"}`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const run = (path: string, more: Partial<WorkRequestOf<'http'>> = {}) => {
  const request: WorkRequestOf<'http'> = {
    kind: 'http',
    url: `http://${at}${path}`,
    method: 'GET',
    headers: {},
    allowHosts: [at],
    outputs: [],
    ...more,
  };
  const attempt: ClaimedAttempt = {
    contract: 1,
    proceed: true,
    instanceId: 'prod~p~w~r~20261119~1~t~1',
    runId: 'prod~p~w~r~20261119~1',
    attempt: 1,
    timeoutSeconds: 5,
    kind: 'http',
    token: 'token',
    request,
    logContext: { lines: [], secrets: [] },
  };
  return runHttp({ clock: () => '2026-11-20T02:00:00.000Z', resolve: resolveByDns })(attempt, host);
};

describe('an http task', () => {
  it.each([200, 201, 204, 299])('succeeds on %i', async (status) => {
    expect(await run(`/${status}`)).toMatchObject({ ok: true });
  });

  it.each([304, 400, 404, 500, 503])('fails on %i', async (status) => {
    expect(await run(`/${status}`)).toMatchObject({ ok: false, error: `GET answered ${status}` });
  });

  it('keeps the first 4 KB of a bad answer', async () => {
    const { lines } = await run('/long');
    expect(lines.at(-1)).toMatchObject({ level: 'ERROR', text: 'x'.repeat(4096) });
  });

  it('warns of outputs that the answer lacks, has too long, or cuts off', async () => {
    const result = await run('/200', { outputs: ['n', 'text', 'none'] });
    expect(result).toMatchObject({ ok: true, outputs: { n: '1' } });
    expect(result.lines.at(-1)).toMatchObject({
      level: 'WARN',
      text: 'the answer has no value for the outputs text, none',
    });
    expect(await run('/big', { outputs: ['n'] })).toMatchObject({ ok: true, outputs: {} });
  });

  it('fails, and does not crash, on a host that it may not or cannot reach', async () => {
    expect((await run('/200', { allowHosts: [] })).error).toContain('is not a public address');
    const closed = '127.0.0.1:1';
    expect((await run('', { url: `http://${closed}/`, allowHosts: [closed] })).error).toContain(
      'ECONNREFUSED',
    );
    expect((await run('', { url: 'no url' })).error).toContain('not a URL');
    expect((await run('/200', { headers: { 'bad name': 'x' } })).error).toContain('Header name');
  });
});
