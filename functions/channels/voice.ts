import {
  PinpointSMSVoiceV2Client,
  SendVoiceMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { phoneFault } from './phone-fault.ts';
import type { SendChannel } from './send-channel.ts';

/** One try: a call has no idempotency token. */
export const voiceClient = (): PinpointSMSVoiceV2Client =>
  new PinpointSMSVoiceV2Client({
    maxAttempts: 1,
    requestHandler: {
      ...{ connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    },
  });

export type VoiceSetup = {
  /** Number, pool or their ARN that calls come from. */
  readonly from: string;
  readonly configurationSet?: string | undefined;
};

/** What a call may last to wait for somebody to pick up; an older alarm is of no use. */
const liveSeconds = 1800;

/** Calls and reads the message. Errors are those of `SendChannel`. */
export const sendByVoice =
  (client: PinpointSMSVoiceV2Client, { from, configurationSet }: VoiceSetup): SendChannel =>
  async ({ to, content }) => {
    const speech = content.speech ?? content.text;
    try {
      const { MessageId } = await client.send(
        new SendVoiceMessageCommand({
          ...{ DestinationPhoneNumber: to, OriginationIdentity: from },
          ...{ MessageBody: speech, MessageBodyTextType: 'TEXT', TimeToLive: liveSeconds },
          VoiceId: /\p{Script=Han}/u.test(speech) ? 'ZHIYU' : 'JOANNA',
          ConfigurationSetName: configurationSet,
        }),
      );
      return { messageId: MessageId };
    } catch (error) {
      throw phoneFault('End User Messaging', error);
    }
  };
