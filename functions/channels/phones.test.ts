import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostClock } from '../../local/clock.ts';
import { type Messages, messages } from '../../local/messages.ts';
import { sns, voiceActions } from '../../local/phones.ts';
import { openStateStore, type StateStore } from '../../local/state-store.ts';
import { startWireServer, type WireServer } from '../../local/wire-server.ts';
import { exampleFacts } from '../../shared/domain/message/example-facts.ts';
import { compose } from '../../shared/domain/notice/compose.ts';
import { newDelivery } from '../../shared/domain/notice/delivery-life.ts';
import type { Language } from '../../shared/domain/notice/language.schema.ts';
import { Delivery } from '../../shared/domain/notice/notice.schema.ts';
import { aMail } from '../../shared/testing/a-delivery.ts';
import { phoneFault } from './phone-fault.ts';
import { sendBySns, snsClient } from './sms.ts';
import { sendByVoice, voiceClient } from './voice.ts';

const at = '2026-11-20T10:00:00.000Z';
const environment = { ...process.env };
let folder: string;
let store: StateStore;
let kept: Messages;
let wire: WireServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phones-'));
  store = openStateStore(folder);
  kept = messages(store, { now: () => Date.parse(at) } as HostClock);
  wire = await startWireServer('LOCALTEST');
  const take = sns(kept);
  wire.open({
    actions: voiceActions(kept),
    mail: (response: never, form: never) => void take(response, form),
  } as never);
  process.env.AWS_ENDPOINT_URL = wire.endpoint;
  process.env.AWS_REGION = 'eu-west-1';
  process.env.AWS_ACCESS_KEY_ID = 'LOCALTEST';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
});
afterAll(async () => {
  process.env = environment;
  await wire.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const to = (number: string, channel: 'sms' | 'voice', language: Language = 'en') =>
  Delivery.parse(
    newDelivery(
      aMail({
        ...{ channel, to: number },
        content: compose(exampleFacts({ kind: 'task-failed', reason: 'occurrence', at }), {
          ...{ channel, language, consoleUrl: undefined },
        }),
      }),
    ),
  );

describe('a phone', () => {
  it('gets a text message that fits into one, by SNS', async () => {
    const send = sendBySns(snsClient(), {});
    expect(await send(to('+4930123456', 'sms'))).toEqual({ messageId: 'sms-1' });
    expect(kept.list(1)).toMatchObject([{ kind: 'sms', target: '+4930123456' }]);
    expect(kept.list(1)[0]?.body).toMatch(/^\[example\] Task failed: daily_sales\/load/);
  });

  it('gets a call that is read in a voice of its language, twice', async () => {
    const send = sendByVoice(voiceClient(), { from: '+15555550100' });
    await send(to('+4930123456', 'voice'));
    const [english] = kept.list(1);
    expect(english).toMatchObject({ kind: 'voice', note: expect.stringContaining('JOANNA') });
    expect(english?.body).toMatch(/^Task load of workflow daily sales has failed.* Once more: /);
    await send(to('+8613800000000', 'voice', 'zh-CN'));
    expect(kept.list(1)[0]?.note).toContain('ZHIYU');
  });

  it('whose number is none is refused for good', async () => {
    await expect(sendBySns(snsClient(), {})(to('12', 'sms'))).rejects.toMatchObject({
      name: 'ChannelRefused',
    });
    const call = sendByVoice(voiceClient(), { from: '+15555550100' });
    await expect(call(to('12', 'voice'))).rejects.toMatchObject({ name: 'ChannelRefused' });
  });

  it.each([
    ['ThrottledException', 400, 'ChannelThrottled', undefined],
    ['InternalServerException', 500, 'ChannelThrottled', undefined],
    ['AuthorizationErrorException', 403, 'ChannelThrottled', undefined],
    ['ServiceQuotaExceededException', 402, 'ChannelThrottled', 'quota-reached'],
    ['ValidationException', 400, 'ChannelRefused', undefined],
    ['TimeoutError', undefined, 'ChannelUnsure', undefined],
  ])('%s is %s: %s', (name, httpStatusCode, fault, reason) => {
    const error = Object.assign(new Error('x'), { name, $metadata: { httpStatusCode } });
    expect(phoneFault('SNS', error)).toMatchObject({
      name: fault,
      facts: reason ? { reason } : {},
    });
  });

  it('of somebody who does not want messages is not written to again', () => {
    const error = Object.assign(new Error('Phone number is opted out'), {
      ...{ name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } },
    });
    expect(phoneFault('SNS', error)).toMatchObject({
      ...{ name: 'ChannelRefused', facts: { reason: 'suppressed-address' } },
    });
  });
});
