import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostClock } from './clock.ts';
import { type Messages, messages } from './messages.ts';
import { messagesPage } from './messages-page.ts';
import { openStateStore, type StateStore } from './state-store.ts';
import { webhookRecorder } from './webhook-recorder.ts';

let folder: string;
let store: StateStore;
let kept: Messages;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'messages-'));
  store = openStateStore(folder);
  kept = messages(store, { now: () => Date.parse('2026-11-20T10:00:00Z') } as HostClock);
  const show = messagesPage(kept);
  const record = webhookRecorder(kept);
  server = createServer((request, response) => {
    const at = new URL(request.url ?? '/', 'http://host');
    if (at.pathname.startsWith('/_local/webhooks/')) void record(request, response, at);
    else show(response, at.pathname);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const post = (path: string, body: string) =>
  fetch(`${url}/_local/webhooks/${path}`, { method: 'POST', body, redirect: 'manual' });

describe('messages that would have left', () => {
  it('are none at first, and shown as text, whatever they hold', async () => {
    const page = async () => (await fetch(`${url}/_local/messages`)).text();
    expect(await page()).toContain('No text message, call or post yet.');
    kept.add({ kind: 'sms', target: '+4930123456', body: '<script>alert(1)</script>', note: 'x' });
    expect(await page()).toContain('&lt;script&gt;alert(1)');
    expect(await (await fetch(`${url}/_local/messages.json`)).json()).toMatchObject([
      { kind: 'sms', target: '+4930123456' },
    ]);
  });

  it('to rooms are answered as told, for as often as told', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1)
      statuses.push((await post('a?kind=slack&answer=429&times=2', '{}')).status);
    expect(statuses).toEqual([429, 429, 200]);
    expect(await (await post('b?kind=dingtalk&answer=130101', '{}')).json()).toMatchObject({
      errcode: 130101,
    });
    expect((await fetch(`${url}/_local/webhooks/a`)).status).toBe(405);
  });

  it('to rooms with a secret are checked', async () => {
    const answer = await post('c?kind=dingtalk&secret=s&timestamp=1&sign=wrong', '{}');
    expect(await answer.json()).toMatchObject({ errcode: 310000 });
    await post('d?kind=webhook&secret=s', '{}');
    expect(kept.list(1)[0]?.note).toBe('signature missing');
  });
});
