import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** A message as a dead-letter queue holds it. */
export type DeadLetter = {
  readonly id: string;
  /** Names this receipt of the message, to remove it by. */
  readonly receipt: string;
  readonly body: string;
  readonly at: string | undefined;
  /** Attributes that whoever gave up has added: Lambda and EventBridge say why. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** How long a look keeps messages from other looks; a look that crashes gives them back by itself. */
const hiddenSeconds = 20;

/** The endpoint is that of the region, or the one that is configured, whatever the address of a queue says. */
export const sqsClient = (): SQSClient =>
  new SQSClient({ maxAttempts: 5, useQueueUrlAsEndpoint: false });

/** What is done with dead-letter queues. SQS has no look without taking: what was only looked at is given back at once. */
export const deadLetterQueues = (client: SQSClient) => ({
  /** Keeps a message with the reason in the attribute under which Lambda gives one, too. */
  async bury(queueUrl: string, body: string, reason: string): Promise<void> {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: {
          ErrorMessage: { DataType: 'String', StringValue: reason.slice(0, 1024) },
        },
      }),
    );
  },

  /** Messages in the queue, about: SQS counts by sampling. */
  async depthOf(queueUrl: string): Promise<{ readonly visible: number; readonly hidden: number }> {
    const { Attributes: told } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return {
      visible: Number(told?.ApproximateNumberOfMessages ?? 0),
      hidden: Number(told?.ApproximateNumberOfMessagesNotVisible ?? 0),
    };
  },

  /** Takes up to `most` messages, ten at a time; stops when a request brings none. */
  async take(queueUrl: string, most: number): Promise<DeadLetter[]> {
    const taken = new Map<string, DeadLetter>();
    while (taken.size < most) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: Math.min(10, most - taken.size),
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: 0,
          MessageSystemAttributeNames: ['SentTimestamp'],
          MessageAttributeNames: ['All'],
        }),
      );
      for (const letter of Messages.flatMap(letterOf)) taken.set(letter.id, letter);
      if (Messages.length === 0) break;
    }
    return [...taken.values()];
  },

  /** Lets others see what was taken. */
  async giveBack(queueUrl: string, letters: readonly DeadLetter[]): Promise<void> {
    for (let from = 0; from < letters.length; from += 10)
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: letters.slice(from, from + 10).map(({ receipt }, n) => ({
            ...{ Id: String(n), ReceiptHandle: receipt, VisibilityTimeout: 0 },
          })),
        }),
      );
  },

  async remove(queueUrl: string, { receipt }: DeadLetter): Promise<void> {
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
  },
});

export type DeadLetterQueues = ReturnType<typeof deadLetterQueues>;

const letterOf = ({
  MessageId: id,
  ReceiptHandle: receipt,
  Body: body = '',
  Attributes,
  MessageAttributes = {},
}: Message): DeadLetter[] => {
  if (!id || !receipt) return [];
  const sent = Number(Attributes?.SentTimestamp);
  return [
    {
      ...{ id, receipt, body },
      at: Number.isFinite(sent) ? new Date(sent).toISOString() : undefined,
      attributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, { StringValue }]) => [
          name,
          StringValue ?? '',
        ]),
      ),
    },
  ];
};
