import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostClock } from '../../local/clock.ts';
import { type Messages, messages } from '../../local/messages.ts';
import { openStateStore, type StateStore } from '../../local/state-store.ts';
import { webhookRecorder } from '../../local/webhook-recorder.ts';
import type { Fault } from '../../shared/domain/kernel/fault.ts';
import { exampleFacts } from '../../shared/domain/message/example-facts.ts';
import { type Room, roomChannels } from '../../shared/domain/notice/channel.schema.ts';
import { compose } from '../../shared/domain/notice/compose.ts';
import { postJsonWith } from './post-json.ts';
import { roomChannelOf } from './rooms.ts';
import { tryRoomWith } from './try-room.ts';
import { webhookSign } from './webhook.ts';

const at = '2026-11-20T10:00:00.000Z';
let folder: string;
let store: StateStore;
let kept: Messages;
let server: Server;
let base: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  store = openStateStore(folder);
  kept = messages(store, { now: () => Date.parse(at) } as HostClock);
  const record = webhookRecorder(kept);
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    record(request, response, url).catch((error) => response.destroy(error));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_local/webhooks`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const contentFor = (kind: Room['kind']) =>
  compose(exampleFacts({ kind: 'task-failed', reason: 'occurrence', at }), {
    ...{ channel: kind, language: 'en', consoleUrl: 'https://console.example.com' },
  });
let n = 0;
const post = async (
  kind: Room['kind'],
  query: Record<string, string> = {},
  { secret, allowPrivate = true }: Partial<Room> = {},
) => {
  n += 1;
  const url = `${base}/room-${n}?${new URLSearchParams({ kind, ...query })}`;
  const room = { kind, url, allowPrivate, ...(secret === undefined ? {} : { secret }) };
  const send = roomChannelOf[kind]({ post: postJsonWith(), clock: () => at });
  const answer = await send(room, { id: 'n1~mail~abc', content: contentFor(kind) }).then(
    () => undefined,
    (error: Fault) => error,
  );
  const [last] = kept.list(1);
  return { answer, posted: last?.target === `room-${n}` ? last : undefined };
};
const signed = ['dingtalk', 'feishu', 'webhook'] as const;

describe('a room', () => {
  it.each(roomChannels)('of %s gets the message in the form of its provider', async (kind) => {
    const { answer, posted } = await post(kind);
    expect(answer).toBeUndefined();
    expect(posted?.body).toContain('db.example.com:5432');
    expect(posted?.body).toContain('https://console.example.com/runs/');
    expect(posted?.body.length).toBeLessThan(28_000);
  });

  it.each(signed)(
    'of %s is signed as its provider checks it, and a wrong secret is refused',
    async (kind) => {
      const right = await post(kind, { secret: 'SEC&1' }, { secret: 'SEC&1' });
      expect(right.answer).toBeUndefined();
      expect(right.posted?.note).toContain('signature right');
      const wrong = await post(kind, { secret: 'SEC&1' }, { secret: 'other' });
      expect(wrong.answer).toMatchObject({ name: 'ChannelRefused' });
      expect(wrong.posted?.note).toContain('signature wrong');
    },
  );

  it.each([
    ['dingtalk', '130101', 'ChannelThrottled', 600],
    ['dingtalk', '-1', 'ChannelThrottled', undefined],
    ['dingtalk', '310000', 'ChannelRefused', undefined],
    ['dingtalk', '300001', 'ChannelRefused', undefined],
    ['wecom', '45009', 'ChannelThrottled', 60],
    ['wecom', '93000', 'ChannelRefused', undefined],
    ['feishu', '9499', 'ChannelThrottled', 60],
    ['feishu', '11232', 'ChannelThrottled', 60],
    ['feishu', '19021', 'ChannelRefused', undefined],
    ['slack', '429', 'ChannelThrottled', 7],
    ['slack', '404', 'ChannelRefused', undefined],
    ['teams', '429', 'ChannelThrottled', 7],
    ['teams', '500', 'ChannelThrottled', undefined],
    ['webhook', '503', 'ChannelThrottled', undefined],
    ['webhook', '401', 'ChannelRefused', undefined],
    ['webhook', '302', 'ChannelRefused', undefined],
  ] as const)('of %s that answers %s: %s', async (kind, code, name, retryAfterSeconds) => {
    const { answer } = await post(kind, { answer: code });
    expect(answer).toMatchObject({
      name,
      message: expect.stringMatching(new RegExp(`^${kind}: `)),
    });
    expect(answer?.facts.retryAfterSeconds).toBe(retryAfterSeconds);
  });

  it('with a private address is not posted to unless the room allows it', async () => {
    const { answer, posted } = await post('webhook', {}, { allowPrivate: false });
    expect(answer).toMatchObject({ name: 'ChannelRefused', message: /not public/ });
    expect(posted).toBeUndefined();
  });

  it('is never sent to a metadata address, whatever it allows', async () => {
    const room = { kind: 'webhook', url: 'http://169.254.169.254/x', allowPrivate: true } as const;
    const send = roomChannelOf.webhook({ post: postJsonWith(), clock: () => at });
    await expect(send(room, { id: 'x', content: contentFor('webhook') })).rejects.toMatchObject({
      name: 'ChannelRefused',
    });
  });

  it('that nobody listens at is tried again; nothing told the address', async () => {
    const room = { kind: 'slack', url: 'http://127.0.0.1:1/T0KEN', allowPrivate: true } as const;
    const send = roomChannelOf.slack({ post: postJsonWith(), clock: () => at });
    const error = await send(room, { id: 'x', content: contentFor('slack') }).catch((e) => e);
    expect(error).toMatchObject({ name: 'ChannelThrottled' });
    expect(error.message).not.toContain('T0KEN');
  });

  it('can be tried, and says in words what came of it', async () => {
    const room = (query: string): Room => ({
      ...{ name: 'ops', title: 'Ops', kind: 'slack', url: `${base}/try?kind=slack${query}` },
      ...{ allowPrivate: true, language: 'zh-CN', enabled: false },
    });
    const attempt = tryRoomWith(postJsonWith());
    expect(await attempt(room(''), { at, id: 'r1' })).toEqual({ sent: true });
    expect(kept.list(1)[0]?.body).toContain('测试');
    expect(await attempt(room('&answer=429'), { at, id: 'r2' })).toEqual({
      ...{ sent: false, problem: 'slack: too many messages', retryAfterSeconds: 7 },
    });
  });
});

describe('a webhook', () => {
  it('carries its schema, the facts, and the id of the delivery as idempotency key', async () => {
    const { posted } = await post('webhook', { secret: 's' }, { secret: 's' });
    expect(JSON.parse(posted?.body ?? '')).toMatchObject({
      ...{ schema: 'nightshift.notice/1', delivery: 'n1~mail~abc', kind: 'task-failed', count: 1 },
      items: [{ workflow: 'daily_sales', task: 'load', attempt: 3 }],
    });
    expect(posted?.note).toContain('idempotency-key n1~mail~abc');
  });

  it('has the signature that openssl gives (docs/extend.md)', () => {
    expect(webhookSign(1_700_000_000, '{"a":1}', 'secret')).toBe(
      '49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686',
    );
  });
});
