import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chance, seededChance } from './seeded-chance.ts';

/** How often each fault strikes a request that it can strike. */
export type FaultRates = {
  /** A transaction is cancelled as in conflict with another. */
  readonly conflict: number;
  /** Any request is throttled before it reaches the engine. */
  readonly throttle: number;
  /** A write is done and its reply is lost: the connection breaks. */
  readonly lostReply: number;
  /** A read that does not insist on consistency, of an index or not, is answered as it was before, at most 2 s ago. */
  readonly staleRead: number;
  /** An index answers late, by up to 50 ms. */
  readonly slowIndex: number;
  /** A batch is done in part, the rest is handed back. */
  readonly unprocessed: number;
};

const defaultRates: FaultRates = {
  conflict: 0.1,
  throttle: 0.03,
  lostReply: 0.05,
  staleRead: 0.2,
  slowIndex: 0.2,
  unprocessed: 0.2,
};

export const noFaults: FaultRates = {
  conflict: 0,
  throttle: 0,
  lostReply: 0,
  staleRead: 0,
  slowIndex: 0,
  unprocessed: 0,
};

export type FaultProxy = {
  readonly endpoint: string;
  /** How often each fault has struck: a test that met none proves nothing. */
  readonly injected: Readonly<Record<keyof FaultRates, number>>;
  /** Number and operation of each request that was struck, and by what, in order. */
  readonly strikes: readonly string[];
  readonly stop: () => Promise<void>;
};

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/**
 * Stands between a client and a DynamoDB engine and treats the client as AWS may on a bad day. The engine stays
 * consistent: whatever is answered, each write was done once or not at all.
 */
export const startFaultProxy = async ({
  target,
  seed,
  rates = {},
}: {
  readonly target: string;
  readonly seed: number;
  readonly rates?: Partial<FaultRates>;
}): Promise<FaultProxy> => {
  const chance = seededChance(seed);
  const injected = { ...noFaults };
  const strikes: string[] = [];
  let requests = 0;
  const agent = new Agent({ keepAlive: true });
  const state: State = {
    chance,
    rates: { ...defaultRates, ...rates },
    count: (fault, operation) => {
      injected[fault] += 1;
      strikes.push(`${requests} ${operation} ${fault}`);
    },
    answersBefore: new Map(),
    forward: (incoming, body) => forward(agent, target, incoming, body),
  };

  const server = createServer((incoming, outgoing) => {
    requests += 1;
    treat(state, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    injected,
    strikes,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
};

type State = {
  readonly chance: Chance;
  readonly rates: FaultRates;
  readonly count: (fault: keyof FaultRates, operation: string) => void;
  readonly answersBefore: Map<string, { readonly at: number; readonly answer: Answer }>;
  readonly forward: (incoming: IncomingMessage, body: Buffer) => Promise<Answer>;
};

const staleMs = 2_000;
const writes = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'TransactWriteItems',
  'BatchWriteItem',
]);

const treat = async (
  { chance, rates, count, answersBefore, forward: ask }: State,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  const body = await bodyOf(incoming);
  const operation = String(incoming.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  const input = body.length > 0 ? JSON.parse(body.toString()) : {};
  const strikes = (fault: keyof FaultRates): boolean => {
    if (!chance.hits(rates[fault])) return false;
    count(fault, operation);
    return true;
  };

  if (isData(operation) && strikes('throttle'))
    return send(outgoing, problem('ProvisionedThroughputExceededException', 'injected'));
  if (operation === 'TransactWriteItems' && strikes('conflict'))
    return send(outgoing, cancelled(input.TransactItems.length, chance));

  if (mayBeStale(operation, input)) {
    const question = body.toString();
    const before = answersBefore.get(question);
    if (before && Date.now() - before.at < staleMs && strikes('staleRead'))
      return send(outgoing, before.answer);
    if (input.IndexName !== undefined && strikes('slowIndex')) await sleep(chance.below(50));
    const answer = await ask(incoming, body);
    if (answer.status === 200) answersBefore.set(question, { at: Date.now(), answer });
    return send(outgoing, answer);
  }

  if (operation === 'BatchWriteItem' && canSplit(input) && strikes('unprocessed'))
    return send(outgoing, await inPart(input, 'UnprocessedItems', (part) => ask(incoming, part)));
  if (operation === 'BatchGetItem' && canSplit(input) && strikes('unprocessed'))
    return send(outgoing, await inPart(input, 'UnprocessedKeys', (part) => ask(incoming, part)));

  const answer = await ask(incoming, body);
  if (writes.has(operation) && answer.status === 200 && strikes('lostReply')) {
    outgoing.destroy();
    return;
  }
  send(outgoing, answer);
};

const mayBeStale = (
  operation: string,
  { ConsistentRead }: { readonly ConsistentRead?: boolean },
): boolean => (operation === 'Query' || operation === 'GetItem') && ConsistentRead !== true;

const isData = (operation: string): boolean =>
  writes.has(operation) || ['GetItem', 'BatchGetItem', 'Query'].includes(operation);

const send = (outgoing: ServerResponse, { status, headers, body }: Answer): void => {
  outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) });
  outgoing.end(body);
};

const json = { 'content-type': 'application/x-amz-json-1.0' } as const;

const problem = (type: string, message: string, more: object = {}): Answer => ({
  status: 400,
  headers: json,
  body: Buffer.from(
    JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more }),
  ),
});

const cancelled = (actions: number, chance: Chance): Answer => {
  const struck = chance.below(actions);
  const CancellationReasons = Array.from({ length: actions }, (_, n) =>
    n === struck
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return problem(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons },
  );
};

type BatchInput = { readonly RequestItems: Readonly<Record<string, unknown>> };

const requestsOf = (entry: unknown): readonly unknown[] =>
  Array.isArray(entry) ? entry : (entry as { Keys: readonly unknown[] }).Keys;

const canSplit = ({ RequestItems }: BatchInput): boolean =>
  Object.values(RequestItems).some((entry) => requestsOf(entry).length > 1);

/** Asks the engine for the first half of each table's requests and hands the other half back. */
const inPart = async (
  { RequestItems }: BatchInput,
  leftName: 'UnprocessedItems' | 'UnprocessedKeys',
  ask: (body: Buffer) => Promise<Answer>,
): Promise<Answer> => {
  const half = (first: boolean) =>
    Object.fromEntries(
      Object.entries(RequestItems).flatMap(([table, entry]): [string, unknown][] => {
        const all = requestsOf(entry);
        const middle = Math.ceil(all.length / 2);
        const part = first ? all.slice(0, middle) : all.slice(middle);
        if (part.length === 0) return [];
        return [[table, Array.isArray(entry) ? part : { ...(entry as object), Keys: part }]];
      }),
    );
  const answer = await ask(Buffer.from(JSON.stringify({ RequestItems: half(true) })));
  if (answer.status !== 200) return answer;
  const done = JSON.parse(answer.body.toString());
  const body = Buffer.from(JSON.stringify({ ...done, [leftName]: half(false) }));
  return { status: 200, headers: json, body };
};

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};

const forward = (
  agent: Agent,
  target: string,
  incoming: IncomingMessage,
  body: Buffer,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const outgoing = request(
      target,
      {
        agent,
        method: incoming.method,
        path: incoming.url,
        headers: { ...headers, 'content-length': String(body.length) },
      },
      (answer) => {
        bodyOf(answer).then(
          (bytes) =>
            resolve({
              status: answer.statusCode ?? 500,
              headers: { 'content-type': answer.headers['content-type'] ?? json['content-type'] },
              body: bytes,
            }),
          reject,
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
