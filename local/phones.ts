import type { ServerResponse } from 'node:http';
import { escaped, send } from './http-io.ts';
import type { Messages } from './messages.ts';
import { WireRefused } from './wire-refused.ts';
import type { JsonAction } from './wire-server.ts';

const number = /^\+[1-9]\d{6,14}$/;
const smsMost = 1600;
const speechMost = 3000;

/** End User Messaging: calls. */
export const voiceActions = (kept: Messages): Record<string, JsonAction> => ({
  'PinpointSMSVoiceV2.SendVoiceMessage': (input) => {
    const to = String(input.DestinationPhoneNumber ?? '');
    const body = String(input.MessageBody ?? '');
    if (!number.test(to) || body === '' || body.length > speechMost)
      throw new WireRefused('ValidationException', 'a number, and 1 to 3,000 characters');
    const note = `from ${input.OriginationIdentity}, voice ${input.VoiceId}`;
    return { MessageId: `call-${kept.add({ kind: 'voice', target: to, body, note })}` };
  },
});

/** SNS: text messages, in its query protocol. False: the form is for another service. */
export const sns =
  (kept: Messages) =>
  (response: ServerResponse, form: URLSearchParams): boolean => {
    if (form.get('Action') !== 'Publish') return false;
    const to = form.get('PhoneNumber') ?? '';
    const body = form.get('Message') ?? '';
    if (!number.test(to) || body === '' || body.length > smsMost) {
      xml(
        response,
        400,
        '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>Invalid parameter: PhoneNumber or Message</Message></Error><RequestId>local</RequestId></ErrorResponse>',
      );
      return true;
    }
    const id = kept.add({ kind: 'sms', target: to, body, note: `${body.length} characters` });
    xml(
      response,
      200,
      `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${escaped(`sms-${id}`)}</MessageId></PublishResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></PublishResponse>`,
    );
    return true;
  };

function xml(response: ServerResponse, status: number, body: string): void {
  send(response, status, body, { 'content-type': 'text/xml' });
}
