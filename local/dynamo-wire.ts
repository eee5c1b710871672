import { Agent, request } from 'node:http';

/** A refusal of the engine; `name` is the exception's name without its namespace. */
export class DynamoRefused extends Error {
  override readonly name: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = type.split('#').at(-1) ?? type;
  }
}

type Target = `DynamoDB_20120810.${string}` | `DynamoDBStreams_20120810.${string}`;

export type DynamoWire = {
  call<T>(target: Target, body: object): Promise<T>;
  close(): void;
};

/**
 * DynamoDB's JSON protocol without an SDK: stream records stay in the very form that Lambda hands
 * on, and a poll costs a tenth of the time.
 */
export const dynamoWire = (endpoint: string): DynamoWire => {
  const agent = new Agent({ keepAlive: true });
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': '20260101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };

  return {
    call: <T>(target: Target, body: object) =>
      new Promise<T>((done, fail) => {
        const sent = request(
          endpoint,
          { method: 'POST', agent, headers: { ...headers, 'x-amz-target': target } },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', fail);
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString('utf8');
              try {
                const answer = JSON.parse(text);
                if (response.statusCode === 200) done(answer as T);
                else fail(new DynamoRefused(answer.__type ?? 'Unknown', answer.message ?? text));
              } catch (error) {
                fail(error);
              }
            });
          },
        );
        sent.on('error', fail);
        sent.end(JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
};
