import { randomUUID } from 'node:crypto';
import { describeHandlers } from '../../functions/api/describe-handlers.ts';
import { logsHandlers } from '../../functions/api/logs-handlers.ts';
import { messagesHandlers } from '../../functions/api/messages-handlers.ts';
import { type OpsDeps, opsHandlers } from '../../functions/api/ops-handlers.ts';
import { planHandlers } from '../../functions/api/plan-handlers.ts';
import { readHandlers } from '../../functions/api/read-handlers.ts';
import { tellHandlers } from '../../functions/api/tell-handlers.ts';
import { writeHandlers } from '../../functions/api/write-handlers.ts';
import { deadLetterQueues, sqsClient } from '../../functions/channels/dead-letter-queues.ts';
import { onApi } from '../../functions/edge/api.ts';
import { apiDepsOf } from '../../functions/edge/api-deps.ts';
import type { ApiEvent } from '../../functions/edge/api-request.ts';
import type { Clock } from '../../functions/edge/system-clock.ts';
import { publishHandlers } from '../../functions/publish/publish-handlers.ts';
import type { RouteContract } from '../../shared/contracts/api/route.ts';
import { routes } from '../../shared/contracts/api/routes.ts';
import { createClient, type FetchLike } from '../../shared/contracts/client/create-client.ts';
import type { LineStores } from '../line/line-stages.ts';

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Claims of the token; undefined: no token. */
  readonly claims?: Readonly<Record<string, string>> | undefined;
};

export type ApiReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 30_000 };

/** Dead-letter queues are tested where there are some (functions/api/dead-letters.test.ts). */
const noLetters = {
  letters: deadLetterQueues(sqsClient()),
  queues: {},
  putAgain: async () => {},
};

/** The Lambdas of the API in this process, asked as API Gateway asks them. */
export const startApi = (
  stores: LineStores,
  clock: Clock,
  letters: Pick<OpsDeps, 'letters' | 'queues' | 'putAgain'> = noLetters,
) => {
  const deps = apiDepsOf({ ...stores, clock });
  const lambdas = {
    describe: onApi<'describe'>(describeHandlers(), deps),
    read: onApi<'read'>(readHandlers({ ...stores, clock }), deps),
    logs: onApi<'logs'>(
      logsHandlers({
        ...{ ...stores, clock, region: 'local' },
        linkTo: (key) => `https://files.example/${key}`,
      }),
      deps,
    ),
    messages: onApi<'messages'>(messagesHandlers({ ...stores, clock }), deps),
    plan: onApi<'plan'>(planHandlers({ ...stores, clock }), deps),
    write: onApi<'write'>(writeHandlers({ ...stores, clock }), deps),
    tell: onApi<'tell'>(tellHandlers({ ...stores, clock }), deps),
    ops: onApi<'ops'>(opsHandlers({ ...stores, clock, ...letters }), deps),
    publish: onApi<'publish'>(
      publishHandlers({ ...stores, clock, announce: async () => {} }),
      deps,
    ),
  };

  const send = async ({
    method,
    path,
    headers = {},
    body,
    claims,
  }: ApiRequest): Promise<ApiReply> => {
    const url = new URL(path, 'http://api');
    const found = matchOf(method, url.pathname);
    const event = {
      version: '2.0',
      routeKey: found ? `${method} ${found.route.path}` : '$default',
      rawPath: url.pathname,
      rawQueryString: url.search.slice(1),
      headers,
      queryStringParameters: Object.fromEntries(url.searchParams),
      pathParameters: found?.params,
      body,
      isBase64Encoded: false,
      requestContext: {
        requestId: randomUUID(),
        http: { method, path: url.pathname },
        ...(claims ? { authorizer: { jwt: { claims, scopes: [] } } } : {}),
      },
    } as unknown as ApiEvent;
    const lambda = lambdas[found?.route.lambda ?? 'read'];
    const answer = await lambda(event, context as never);
    return {
      status: answer.statusCode ?? 0,
      headers: (answer.headers ?? {}) as Record<string, string>,
      body: answer.body ?? '',
    };
  };

  /** The typed client as a user with groups (as Cognito writes them into the token). */
  const as = (user: string, groups: readonly string[] = []) => {
    const claims = { username: user, 'cognito:groups': `[${groups.join(' ')}]` };
    const fetch: FetchLike = async (url, { method, headers, body }) => {
      const answer = await send({
        ...{ method, path: url, headers, claims },
        ...(body === undefined ? {} : { body }),
      });
      return {
        ok: answer.status < 300,
        status: answer.status,
        headers: { get: (name) => answer.headers[name] ?? null },
        text: async () => answer.body,
      };
    };
    return createClient({
      baseUrl: '',
      fetch,
      token: async () => 'token',
      source: 'cli',
      newKey: randomUUID,
    });
  };

  return { send, as };
};

const matchOf = (method: string, path: string) => {
  for (const route of Object.values<RouteContract>(routes)) {
    if (route.method !== method) continue;
    const pattern = route.path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const found = new RegExp(`^${pattern}$`).exec(path);
    if (found) return { route, params: decoded(found.groups ?? {}) };
  }
  return undefined;
};

const decoded = (groups: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]),
  );
