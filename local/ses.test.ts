import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BusEvent } from './bus.ts';
import type { HostClock } from './clock.ts';
import { readBody } from './http-io.ts';
import { mailbox } from './mailbox.ts';
import { mails } from './mails.ts';
import { ses } from './ses.ts';
import { sesMood } from './ses-mood.ts';
import { openStateStore, type StateStore } from './state-store.ts';

let folder: string;
let store: StateStore;
let server: Server;
let url: string;
let client: SESClient;
const reports: BusEvent[] = [];
let now = Date.parse('2026-11-20T02:00:00.000Z');
const clock = { now: () => now, iso: () => new Date(now).toISOString() } as unknown as HostClock;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nightshift-ses-'));
  store = openStateStore(folder);
  const kept = mails(store, clock);
  const mood = sesMood(store, clock);
  const bus = { put: (_: string, event: BusEvent) => String(reports.push(event)) };
  const accept = ses({ mails: kept, bus, mood, clock });
  const box = mailbox(kept);
  server = createServer(async (request, response) => {
    const address = new URL(request.url ?? '/', 'http://host');
    if (address.pathname.startsWith('/_local/mailbox')) return box.show(response, address);
    if (address.pathname === '/_local/ses') return mood.serve(request, response);
    await accept(response, new URLSearchParams((await bodyOf(request)).toString()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new SESClient({
    endpoint: url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  store.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  reports.length = 0;
  await mood({ perSecond: 1000, perDay: 50_000, throttleSeconds: 0, down: false, loseReplies: 0 });
});

const bodyOf = (request: IncomingMessage) => readBody(request);
const mood = async (wish: object) =>
  (await fetch(`${url}/_local/ses`, { method: 'POST', body: JSON.stringify(wish) })).status;
const send = (to: string, subject = 'failed', html = '') =>
  client.send(
    new SendRawEmailCommand({
      Source: 'night@example.com',
      Destinations: [to],
      ConfigurationSetName: 'set',
      RawMessage: {
        Data: Buffer.from(
          [
            'From: night@example.com',
            `To: ${to}`,
            `Subject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`,
            'X-Nightshift-Delivery: d1',
            `Content-Type: text/${html === '' ? 'plain' : 'html'}; charset=utf-8`,
            '',
            html || 'every word of it',
          ].join('\r\n'),
        ),
      },
    }),
  );
const page = async (path: string) => await fetch(`${url}${path}`);
type Listed = { id: number; subject: string; recipients: string };

describe('the stand-in for SES', () => {
  it.each([
    ['ann@example.com', 'Email Delivered', 'Delivery'],
    ['bounce+late@simulator.example', 'Email Bounced', 'Bounce'],
    ['complaint@simulator.amazonses.com', 'Email Complaint Received', 'Complaint'],
    ['bounce@example.com', 'Email Delivered', 'Delivery'],
  ])('reports of a mail to %s: %s', async (to, type, eventType) => {
    const { MessageId } = await send(to);
    expect(reports).toMatchObject([
      {
        source: 'aws.ses',
        'detail-type': type,
        detail: {
          eventType,
          mail: {
            messageId: MessageId,
            headers: expect.arrayContaining([{ name: 'X-Nightshift-Delivery', value: 'd1' }]),
            tags: { 'ses:configuration-set': ['set'] },
          },
        },
      },
    ]);
  });

  it('throttles for as long as it is told, above its rate, and when the mails of the day are used up', async () => {
    await mood({ throttleSeconds: 60 });
    await expect(send('ann@example.com')).rejects.toMatchObject({ name: 'Throttling' });
    now += 61_000;
    await send('ann@example.com');

    await mood({ perSecond: 1 });
    now += 1000;
    const burst = await Promise.allSettled([1, 2, 3].map(() => send('ann@example.com')));
    expect(burst.filter(({ status }) => status === 'rejected')).toHaveLength(1);

    const { SentLast24Hours = 0 } = await client.send(new GetSendQuotaCommand({}));
    await mood({ perSecond: 1000, perDay: SentLast24Hours });
    await expect(send('ann@example.com')).rejects.toThrow('Daily message quota exceeded');
  });

  it('accepts without a reply, is out of order, and refuses a wish that it does not know', async () => {
    await mood({ loseReplies: 1 });
    await expect(send('lost@example.com')).rejects.not.toMatchObject({ name: 'Throttling' });
    const [newest] = (await (await page('/_local/mailbox.json')).json()) as Listed[];
    expect(newest?.recipients).toBe('lost@example.com');
    await mood({ down: true });
    await expect(send('ann@example.com')).rejects.toMatchObject({
      $metadata: { httpStatusCode: 503 },
    });
    expect(await mood({ slow: true })).toBe(400);
  });
});

describe('the mailbox page', () => {
  it('shows a mail as its program would, in a frame that can do nothing, and as text and source', async () => {
    await send(
      'ann@example.com',
      '每日 <script>alert(1)</script>',
      '<p>hi</p><script>alert(1)</script>',
    );
    const [mail] = (await (await page('/_local/mailbox.json?q=每日')).json()) as Listed[];
    const whole = await page(`/_local/mailbox/${mail?.id}`);
    const text = await whole.text();
    expect(text).not.toContain('<script>');
    expect(text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(whole.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page(`/_local/mailbox/${mail?.id}/html`);
    expect(html.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(await html.text()).toContain('<p>hi</p>');
    expect(await (await page(`/_local/mailbox/${mail?.id}/raw`)).text()).toContain(
      'Subject: =?UTF-8?',
    );
    expect((await page('/_local/mailbox/999999')).status).toBe(404);
  });

  it('bears ten thousand mails: pages, searches, and says when there is none', async () => {
    const kept = mails(store, clock);
    store.db.exec('BEGIN');
    for (let n = 0; n < 10_000; n += 1)
      kept.add({
        sender: 'night@example.com',
        recipients: `user${n}@example.com`,
        subject: `number ${n}`,
        text: 'text',
        html: '',
        raw: '',
      });
    store.db.exec('COMMIT');
    const first = await (await page('/_local/mailbox')).text();
    expect(first.match(/<tr>/g)).toHaveLength(51);
    expect(first).toContain('number 9999');
    const [, older = ''] = /href="([^"]*before=\d+)"/.exec(first) ?? [];
    expect(await (await page(older)).text()).toContain('number 9949');
    const found = await (await page('/_local/mailbox?q=USER777%40')).text();
    expect(found.match(/<tr>/g)).toHaveLength(2);
    expect(await (await page('/_local/mailbox?q=%3Cnothing%3E')).text()).toContain(
      '&lt;nothing&gt;',
    );
  });
});
