import {
  GetSendQuotaCommand,
  SESClient,
  SESServiceException,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { SendQuota } from '../../shared/domain/notice/send-lane.ts';
import type { Clock } from '../edge/system-clock.ts';
import { composeMail } from './compose-mail.ts';
import type { SendChannel } from './send-channel.ts';

/** One try: SES has no idempotency token, so a client that repeats by itself sends twice without anybody knowing. */
export const sesClient = (): SESClient =>
  new SESClient({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
    },
  });

export type SesSetup = {
  /** Address that mails are sent from. */
  readonly from: string;
  /** Whose events tell of bounces. */
  readonly configurationSet?: string | undefined;
};

/** Sends by SES. Errors are those of `SendChannel`. */
export const sendBySes =
  (client: SESClient, { from, configurationSet }: SesSetup): SendChannel =>
  async (delivery) => {
    const Data = await composeMail(delivery, from);
    try {
      const { MessageId } = await client.send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [delivery.to],
          RawMessage: { Data },
          ConfigurationSetName: configurationSet,
        }),
      );
      return { messageId: MessageId };
    } catch (error) {
      throw sesFault(error);
    }
  };

/** What SES lets through now. */
export const sesQuota = (client: SESClient, clock: Clock) => async (): Promise<SendQuota> => {
  const answer = await client.send(new GetSendQuotaCommand({}));
  const { Max24HourSend = 200, MaxSendRate = 1, SentLast24Hours = 0 } = answer;
  return {
    perSecond: Math.max(MaxSendRate, 0.01),
    perDay: Max24HourSend,
    sent: SentLast24Hours,
    readAt: clock(),
  };
};

const throttled = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceeded',
]);
/** The request never left, so nothing can have been accepted. */
const notReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** Whoever runs the deployment mends these, and what waits goes out then. */
const mendable = new Set([
  'AccountSendingPausedException',
  'ConfigurationSetDoesNotExistException',
  'ConfigurationSetSendingPausedException',
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'OptInRequired',
  'CredentialsProviderError',
]);

/** An error of SES in the words of `SendChannel`. */
const sesFault = (error: unknown): Fault => {
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cause = { cause: error };

  if (throttled.has(name))
    return /daily/i.test(message)
      ? new Fault(
          'ChannelThrottled',
          'SES: the mails of the day are used up',
          { reason: 'quota-reached' },
          cause,
        )
      : new Fault('ChannelThrottled', `SES throttles: ${message}`, {}, cause);
  if (mendable.has(name))
    return new Fault('ChannelThrottled', `SES: ${message || name}`, {}, cause);
  if (error instanceof SESServiceException) {
    if ((error.$metadata.httpStatusCode ?? 500) >= 500)
      return new Fault('ChannelThrottled', `SES is out of order: ${message || name}`, {}, cause);
    return refusal(name, message, cause);
  }
  if (notReached.has(code) || notReached.has(name))
    return new Fault('ChannelThrottled', `SES is out of reach: ${code || name}`, {}, cause);
  return new Fault('ChannelUnsure', `SES gave no answer: ${message || name}`, {}, cause);
};

const refusal = (name: string, message: string, cause: ErrorOptions): Fault => {
  if (/not verified/i.test(message))
    return new Fault(
      'ChannelRefused',
      'this address is not verified: SES is in its sandbox, or the sender has not been confirmed yet. Verify the address in the SES console or ask AWS for production access',
      { reason: 'provider-refused' },
      cause,
    );
  if (/suppress|blacklist/i.test(message))
    return new Fault(
      'ChannelRefused',
      'SES itself keeps this address on its suppression list',
      { reason: 'suppressed-address' },
      cause,
    );
  return new Fault('ChannelRefused', `SES refused it: ${message || name}`, {}, cause);
};
