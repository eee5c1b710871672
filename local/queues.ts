import { createHash } from 'node:crypto';
import type { AppModel } from './app-model.ts';
import type { HostClock } from './clock.ts';
import type { StateStore } from './state-store.ts';
import { WireRefused } from './wire-refused.ts';
import type { JsonAction } from './wire-server.ts';

type Row = { id: number; at: number; source: string; reason: string; body: string };

/**
 * SQS, as far as the dead-letter queues of the template need it. What lies in a queue is what the host gave up for a rule,
 * a schedule or a stream consumer that names the queue, and what was sent to it. Whoever looks hides a message for a
 * while; that is not written down, so a restart shows it again.
 */
export const queueActions = (
  model: AppModel,
  store: StateStore,
  clock: HostClock,
): Record<string, JsonAction> => {
  const queues = new Set(model.all('AWS::SQS::Queue').map(({ name }) => name));
  const queueOf = feeders(model);
  const all = store.db.prepare('SELECT * FROM dead_letters ORDER BY id');
  const remove = store.db.prepare('DELETE FROM dead_letters WHERE id = ?');
  const hidden = new Map<number, number>();

  const named = (input: Readonly<Record<string, unknown>>): string => {
    const name = String(input.QueueUrl).split('/').at(-1) ?? '';
    if (!queues.has(name))
      throw new WireRefused('QueueDoesNotExist', `The specified queue does not exist: ${name}`);
    return name;
  };
  const inQueue = (name: string): Row[] =>
    (all.all() as Row[]).filter(({ source }) => (queueOf.get(source) ?? source) === name);
  const isHidden = ({ id }: Row): boolean => (hidden.get(id) ?? 0) > Date.now();
  const idOf = (receipt: unknown): number => Number(String(receipt).split(':')[0]);

  return {
    'AmazonSQS.SendMessage': (input) => {
      const queue = named(input);
      const body = String(input.MessageBody);
      const attributes = (input.MessageAttributes ?? {}) as Record<
        string,
        { StringValue?: string }
      >;
      const reason = attributes.ErrorMessage?.StringValue ?? '';
      store.deadLetter(clock.now(), queue, reason, body);
      const { id } = all.all().at(-1) as Row;
      return { MessageId: messageId(id), MD5OfMessageBody: md5(body) };
    },
    'AmazonSQS.ReceiveMessage': (input) => {
      const most = Number(input.MaxNumberOfMessages ?? 1);
      const seconds = Number(input.VisibilityTimeout ?? 30);
      const rows = inQueue(named(input))
        .filter((row) => !isHidden(row))
        .slice(0, most);
      for (const { id } of rows) hidden.set(id, Date.now() + seconds * 1000);
      return {
        Messages: rows.map(({ id, at, reason, body }) => ({
          MessageId: messageId(id),
          ReceiptHandle: `${id}:${Date.now()}`,
          Body: body,
          MD5OfBody: md5(body),
          Attributes: { SentTimestamp: String(at) },
          ...(reason && {
            MessageAttributes: {
              ErrorMessage: { DataType: 'String', StringValue: reason.slice(0, 1024) },
            },
          }),
        })),
      };
    },
    'AmazonSQS.DeleteMessage': (input) => {
      named(input);
      remove.run(idOf(input.ReceiptHandle));
      return {};
    },
    'AmazonSQS.ChangeMessageVisibilityBatch': (input) => {
      named(input);
      const entries = input.Entries as {
        Id: string;
        ReceiptHandle: string;
        VisibilityTimeout?: number;
      }[];
      for (const { ReceiptHandle, VisibilityTimeout = 0 } of entries)
        hidden.set(idOf(ReceiptHandle), Date.now() + VisibilityTimeout * 1000);
      return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    'AmazonSQS.GetQueueAttributes': (input) => {
      const rows = inQueue(named(input));
      const away = rows.filter(isHidden).length;
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(rows.length - away),
          ApproximateNumberOfMessagesNotVisible: String(away),
        },
      };
    },
  };
};

/** The queue that a rule, a schedule or a stream consumer of the template names for what it gives up. */
function feeders(model: AppModel): ReadonlyMap<string, string> {
  const nameOf = (arn: string | undefined): string => arn?.split(':').at(-1) ?? '';
  return new Map([
    ...model
      .all('AWS::Events::Rule')
      .map(({ logicalId, Targets }): [string, string] => [
        logicalId,
        nameOf(Targets[0]?.DeadLetterConfig?.Arn),
      ]),
    ...model
      .all('AWS::Scheduler::Schedule')
      .map(({ logicalId, Target }): [string, string] => [
        logicalId,
        nameOf(Target.DeadLetterConfig?.Arn),
      ]),
    ...model
      .all('AWS::Lambda::EventSourceMapping')
      .map(({ logicalId, DestinationConfig }): [string, string] => [
        logicalId,
        nameOf(DestinationConfig?.OnFailure?.Destination),
      ]),
  ]);
}

const messageId = (id: number): string => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
