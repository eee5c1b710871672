import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveByDns } from './egress-guard.ts';
import { EgressRefused, fetchGuarded, type GuardedOptions } from './fetch-guarded.ts';

type Seen = { url: string; method: string; headers: IncomingMessage['headers']; body: string };

let server: Server;
let other: Server;
const seen: Seen[] = [];

const answer = async (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { url = '', method = '', headers } = request;
  seen.push({ url, method, headers, body: Buffer.concat(chunks).toString() });

  const path = new URL(url, 'http://x');
  if (path.pathname === '/redirect') {
    response.writeHead(Number(path.searchParams.get('status')), {
      location: path.searchParams.get('to') ?? '',
    });
    response.end();
  } else if (path.pathname === '/long') response.end('x'.repeat(10_000));
  else if (path.pathname === '/hang') response.write('…');
  else response.end('done');
};

const listen = (): Promise<Server> =>
  new Promise((resolve) => {
    const opened = createServer((request, response) => void answer(request, response));
    opened.listen(0, '127.0.0.1', () => resolve(opened));
  });
const hostOf = (of: Server) => `127.0.0.1:${(of.address() as AddressInfo).port}`;

beforeAll(async () => {
  server = await listen();
  other = await listen();
});
afterAll(() => {
  for (const each of [server, other]) {
    each.closeAllConnections();
    each.close();
  }
});

const fetchIt = (path: string, more: Partial<GuardedOptions> & { method?: string } = {}) =>
  fetchGuarded(
    {
      url: `http://${hostOf(server)}${path}`,
      method: more.method ?? 'POST',
      headers: { authorization: 'Bearer abcdef', 'content-type': 'text/plain' },
      body: 'hello',
    },
    {
      allowHosts: [hostOf(server), hostOf(other)],
      resolve: resolveByDns,
      signal: AbortSignal.timeout(5000),
      maxBytes: 1000,
      ...more,
    },
  );

const to = (target: string, status = 302) =>
  `/redirect?status=${status}&to=${encodeURIComponent(target)}`;

describe('a guarded request', () => {
  it('reaches an allowed host with its body', async () => {
    expect(await fetchIt('/x?y=1')).toMatchObject({ status: 200, body: 'done', truncated: false });
    expect(seen.at(-1)).toMatchObject({ url: '/x?y=1', method: 'POST', body: 'hello' });
  });

  it('is refused before anything is sent', async () => {
    const before = seen.length;
    await expect(fetchIt('/x', { allowHosts: [] })).rejects.toBeInstanceOf(EgressRefused);
    expect(seen.length).toBe(before);
  });

  it('connects to the address that was checked, not to what the name says later', async () => {
    const { port } = server.address() as AddressInfo;
    let asked = 0;
    const rebinding = async () => {
      asked += 1;
      return [{ address: '127.0.0.1', family: 4 as const }];
    };
    const response = await fetchGuarded(
      { url: `http://rebind.test:${port}/`, method: 'GET', headers: {} },
      {
        allowHosts: [`rebind.test:${port}`],
        resolve: rebinding,
        signal: AbortSignal.timeout(5000),
        maxBytes: 1000,
      },
    );
    expect(response.status).toBe(200);
    expect(asked).toBe(1);
    expect(seen.at(-1)?.headers.host).toBe(`rebind.test:${port}`);
  });

  it('checks every hop of a redirect', async () => {
    await expect(fetchIt(to('http://127.0.0.1:1/'))).rejects.toBeInstanceOf(EgressRefused);
    await expect(fetchIt(to('http://169.254.169.254/latest'))).rejects.toThrow('metadata');
    await expect(fetchIt(to('file:///etc/hosts'))).rejects.toBeInstanceOf(EgressRefused);
  });

  it('keeps method and body only where the status says so', async () => {
    await fetchIt(to('/end', 307));
    expect(seen.at(-1)).toMatchObject({ method: 'POST', body: 'hello' });
    await fetchIt(to('/end', 303));
    expect(seen.at(-1)).toMatchObject({ method: 'GET', body: '' });
    expect(seen.at(-1)?.headers['content-type']).toBeUndefined();
  });

  it('carries no credentials to another origin', async () => {
    await fetchIt(to('/end'));
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer abcdef');
    await fetchIt(to(`http://${hostOf(other)}/end`));
    expect(seen.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('gives up after five redirects', async () => {
    const round = to('/redirect?status=302&to=x');
    expect(await fetchIt(to(to(to('/end'))))).toMatchObject({ status: 200 });
    await expect(fetchIt(to(to(to(to(to(to(round)))))))).rejects.toThrow('more than 5 redirects');
  });

  it('reads no more than it is told', async () => {
    const response = await fetchIt('/long');
    expect(response).toMatchObject({ truncated: true });
    expect(response.body.length).toBe(1000);
  });

  it('ends when its time is up', async () => {
    await expect(fetchIt('/hang', { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  });
});
