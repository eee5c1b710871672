import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newDelivery } from '../../shared/domain/notice/delivery-life.ts';
import { Delivery } from '../../shared/domain/notice/notice.schema.ts';
import { aMail } from '../../shared/testing/a-delivery.ts';
import { composeMail } from './compose-mail.ts';
import { deliveryOfHeader } from './delivery-header.ts';
import { sendBySes, sesClient, sesQuota } from './ses.ts';

const delivery = (fields: Parameters<typeof aMail>[0] = {}): Delivery =>
  Delivery.parse(newDelivery(aMail(fields)));

describe('a mail', () => {
  const content = {
    subject: 'failed 💥 每日销售\r\nBcc: everybody@example.com',
    text: 'daily failed\n.\nÜber <script>alert(1)</script>',
    html: '<p>daily <b>failed</b> 每日 💥</p>',
  };
  const raw = async (fields = {}) =>
    composeMail(delivery({ content, thread: 'incident-7', ...fields }), 'nightshift@example.com');

  it('is read as it was written, and a line break in a subject adds no header', async () => {
    const bytes = await raw();
    const mail = await PostalMime.parse(bytes);
    expect(mail.subject).toBe('failed 💥 每日销售 Bcc: everybody@example.com');
    expect(mail.bcc).toBeUndefined();
    expect(mail.text?.replaceAll('\r\n', '\n').trim()).toBe(content.text);
    expect(mail.html?.trim()).toBe(content.html);
    expect(mail.to?.map(({ address }) => address)).toEqual(['ann@example.com']);
  });

  it('goes over the wire in lines of ASCII that end as they must, below 998 characters', async () => {
    const lines = Buffer.from(await raw())
      .toString('latin1')
      .split('\r\n');
    expect(lines.every((line) => /^[\x20-\x7e\t]*$/.test(line) && line.length < 998)).toBe(true);
  });

  it('stands in one thread with the others about the same thing', async () => {
    const root = async (thread: string, notice: string) =>
      (await PostalMime.parse(await raw({ thread, notice }))).inReplyTo;
    expect(await root('incident-7', 'n1')).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(await root('incident-7', 'n1')).toBe(await root('incident-7', 'n2'));
    expect(await root('incident-8', 'n1')).not.toBe(await root('incident-7', 'n1'));
  });

  it('carries its delivery, so that a report finds it without a message id, however long that is', async () => {
    for (const notice of ['n1', `task-failed#每日#${'prod/shop/daily sales/load~'.repeat(25)}`]) {
      const bytes = await raw({ notice });
      const { headers } = await PostalMime.parse(bytes);
      const value = headers.find(({ key }) => key === 'x-nightshift-delivery')?.value ?? '';
      expect(deliveryOfHeader(value)).toBe(delivery({ content, notice }).id);
      const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
      expect(lines.every((line) => line.length < 100)).toBe(true);
    }
  });
});

describe('SES', () => {
  let server: Server;
  let requests = 0;
  let reply: (response: ServerResponse) => void;
  const environment = { ...process.env };

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests += 1;
      request.resume().on('end', () => reply(response));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    process.env.AWS_ENDPOINT_URL_SES = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.AWS_REGION = 'eu-west-1';
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
  });
  afterAll(() => {
    process.env = environment;
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    requests = 0;
  });

  const xml = (status: number, body: string) => (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(body);
  };
  const problem = (status: number, code: string, message: string) =>
    xml(
      status,
      `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  const send = () =>
    sendBySes(sesClient(), { from: 'nightshift@example.com' })(delivery()).then(
      () => undefined,
      (error: unknown) => error,
    );

  it('answers with the id that its reports name', async () => {
    reply = xml(
      200,
      '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult></SendRawEmailResponse>',
    );
    const answer = await sendBySes(sesClient(), { from: 'nightshift@example.com' })(delivery());
    expect(answer).toEqual({ messageId: 'm-1' });
  });

  it.each([
    ['throttles', 400, 'Throttling', 'Maximum sending rate exceeded.', 'ChannelThrottled'],
    ['is out of order', 503, 'ServiceUnavailable', 'try later', 'ChannelThrottled'],
    ['has paused the account', 400, 'AccountSendingPausedException', 'paused', 'ChannelThrottled'],
    ['refuses the message', 400, 'MessageRejected', 'spam', 'ChannelRefused'],
  ])('is asked once when it %s, and told apart', async (_, status, code, message, fault) => {
    reply = problem(status, code, message);
    expect(await send()).toMatchObject({ name: fault });
    expect(requests).toBe(1);
  });

  it('N80 says in words of people that an address is not verified, and that the day is used up', async () => {
    reply = problem(
      400,
      'MessageRejected',
      'Email address is not verified. The following identities failed the check in region EU-WEST-1: ann@example.com',
    );
    expect(await send()).toMatchObject({
      name: 'ChannelRefused',
      message: expect.stringContaining('SES is in its sandbox'),
      facts: { reason: 'provider-refused' },
    });
    reply = problem(400, 'Throttling', 'Daily message quota exceeded.');
    expect(await send()).toMatchObject({
      name: 'ChannelThrottled',
      facts: { reason: 'quota-reached' },
    });
  });

  it('is not asked again when its reply is lost: nobody knows then', async () => {
    reply = (response) => response.destroy();
    expect(await send()).toMatchObject({ name: 'ChannelUnsure' });
    expect(requests).toBe(1);
  });

  it('that was never reached accepted nothing', async () => {
    const endpoint = process.env.AWS_ENDPOINT_URL_SES;
    process.env.AWS_ENDPOINT_URL_SES = 'http://127.0.0.1:1';
    expect(await send()).toMatchObject({ name: 'ChannelThrottled' });
    process.env.AWS_ENDPOINT_URL_SES = endpoint;
  });

  it('tells what it lets through', async () => {
    reply = xml(
      200,
      '<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult><Max24HourSend>200.0</Max24HourSend><MaxSendRate>1.0</MaxSendRate><SentLast24Hours>3.0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>',
    );
    const readAt = '2026-11-20T02:00:00.000Z';
    expect(await sesQuota(sesClient(), () => readAt)()).toEqual({
      perDay: 200,
      perSecond: 1,
      sent: 3,
      readAt,
    });
  });
});
