import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { phoneFault } from './phone-fault.ts';
import type { SendChannel } from './send-channel.ts';

/** One try: SNS has no idempotency token for a text message. */
export const snsClient = (): SNSClient =>
  new SNSClient({
    maxAttempts: 1,
    requestHandler: {
      ...{ connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    },
  });

export type SmsSetup = {
  /** Name that some countries show as the sender; up to 11 letters and digits. */
  readonly senderId?: string | undefined;
};

/** Sends a text message by SNS. Errors are those of `SendChannel`. */
export const sendBySns =
  (client: SNSClient, { senderId }: SmsSetup): SendChannel =>
  async ({ to, content }) => {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    try {
      const { MessageId } = await client.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: content.text,
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': text('Transactional'),
            ...(senderId ? { 'AWS.SNS.SMS.SenderID': text(senderId) } : {}),
          },
        }),
      );
      return { messageId: MessageId };
    } catch (error) {
      throw phoneFault('SNS', error);
    }
  };
