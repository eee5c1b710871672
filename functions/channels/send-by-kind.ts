import type { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SendChannels } from './send-channel.ts';
import { type RoomDeps, sendToRooms } from './send-to-room.ts';
import { type SesSetup, sendBySes } from './ses.ts';
import { type SmsSetup, sendBySns } from './sms.ts';
import { sendByVoice, type VoiceSetup } from './voice.ts';

export type ChannelSetup = {
  readonly ses: SESClient;
  /** Undefined: mail is off, and every mail says so. */
  readonly mail: SesSetup | undefined;
  /** Undefined: text messages are off. */
  readonly sms?: (SmsSetup & { readonly client: SNSClient }) | undefined;
  /** Undefined: calls are off. */
  readonly voice?: (VoiceSetup & { readonly client: PinpointSMSVoiceV2Client }) | undefined;
  readonly rooms: RoomDeps;
};

/** The channels of this deployment by kind. */
export const sendByKind = ({ ses, mail, sms, voice, rooms }: ChannelSetup): SendChannels => ({
  ...(mail && { mail: sendBySes(ses, mail) }),
  ...(sms && { sms: sendBySns(sms.client, sms) }),
  ...(voice && { voice: sendByVoice(voice.client, voice) }),
  ...sendToRooms(rooms),
});
