import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import type { AppModel, Typed } from './app-model.ts';
import type { HostClock } from './clock.ts';
import { HostError } from './host-error.ts';
import { readBody, send, sendJson } from './http-io.ts';
import type { Issuer } from './issuer.ts';
import type { Lambdas } from './lambdas.ts';
import { account } from './local-names.ts';

export type HttpApi = {
  /** Serves the request if a route matches; else answers false. */
  serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
};

type Route = {
  readonly key: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly functionName: string;
  readonly signedIn: boolean;
  readonly scopes: readonly string[];
  /** Fewer placeholders win, as in API Gateway. */
  readonly rank: number;
};

type Answer = {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
};

/** The HTTP API of the template: payload format 2.0, JWT authorizer on the host's own issuer. */
export const httpApi = (
  model: AppModel,
  lambdas: Lambdas,
  issuer: Issuer,
  clock: HostClock,
): HttpApi => {
  const integrations = new Map(
    model.all('AWS::ApiGatewayV2::Integration').map((entry) => [entry.ref, entry.IntegrationUri]),
  );
  const routes = model
    .all('AWS::ApiGatewayV2::Route')
    .map((route) => toRoute(route, integrations, lambdas))
    .toSorted((a, b) => a.rank - b.rank);

  return {
    async serve(request, response, url) {
      const path = url.pathname;
      const route = routes.find(
        ({ method, pattern }) =>
          (method === 'ANY' || method === request.method) && pattern.test(path),
      );
      if (!route) return false;

      const claims = route.signedIn ? await claimsOf(request, issuer) : undefined;
      if (route.signedIn && !claims) {
        sendJson(response, 401, { message: 'Unauthorized' }, { 'www-authenticate': 'Bearer' });
        return true;
      }
      const granted = String(claims?.scope ?? '').split(' ');
      if (route.scopes.length > 0 && !route.scopes.some((scope) => granted.includes(scope))) {
        sendJson(response, 403, { message: 'Forbidden' });
        return true;
      }

      const body = await readBody(request);
      const event = eventOf(request, url, route, claims, body, clock);
      const { payload, failed } = await lambdas.invoke(route.functionName, JSON.stringify(event));
      if (failed && payload.includes('Sandbox.Timedout'))
        sendJson(response, 503, { message: 'Service Unavailable' });
      else if (failed) sendJson(response, 500, { message: 'Internal Server Error' });
      else sendAnswer(response, JSON.parse(payload) as Answer);
      return true;
    },
  };
};

function toRoute(
  route: Typed<'AWS::ApiGatewayV2::Route'>,
  integrations: ReadonlyMap<string, string>,
  lambdas: Lambdas,
): Route {
  const functionName = integrations.get(route.Target) ?? '';
  if (!lambdas.has(functionName))
    throw new HostError(
      `the route ${route.RouteKey} (${route.logicalId}) leads to no function of the template`,
    );
  const [method = 'ANY', path = ''] =
    route.RouteKey === '$default' ? ['ANY', '/{proxy+}'] : route.RouteKey.split(' ');
  return {
    key: route.RouteKey,
    method,
    pattern: new RegExp(
      `^${path
        .replace(/[.*?^$()|[\]\\]/g, '\\$&')
        .replace(/\{(\w+)\+\}/g, '(?<$1>.+)')
        .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
    ),
    functionName,
    signedIn: route.AuthorizationType === 'JWT',
    scopes: route.AuthorizationScopes,
    // What takes everything below a place comes last, the deepest of those first.
    rank:
      (path.match(/\{/g)?.length ?? 0) +
      (path.includes('+}') ? 1000 - 10 * path.split('/').length : 0) +
      (method === 'ANY' ? 0.5 : 0),
  };
}

async function claimsOf(request: IncomingMessage, issuer: Issuer): Promise<JWTPayload | undefined> {
  const [, token] = /^(?:Bearer )?([\w.-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) return undefined;
  const claims = await issuer.verify(token).catch(() => undefined);
  const audience = claims?.aud ?? claims?.client_id;
  const known = [issuer.consoleClient?.id, issuer.machineClient?.id];
  return claims?.token_use !== 'session' && known.some((id) => id !== undefined && id === audience)
    ? claims
    : undefined;
}

function eventOf(
  request: IncomingMessage,
  url: URL,
  route: Route,
  claims: JWTPayload | undefined,
  body: Buffer,
  clock: HostClock,
) {
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name !== 'cookie')
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams)
    query[name] = name in query ? `${query[name]},${value}` : value;
  const parameters = Object.entries(route.pattern.exec(url.pathname)?.groups ?? {});
  const isText =
    /^(text\/|application\/(json|.*\+json|xml|javascript|x-www-form-urlencoded|yaml|x-yaml))|^$/.test(
      headers['content-type'] ?? '',
    );
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(request.headers.cookie && { cookies: request.headers.cookie.split('; ') }),
    headers,
    ...(url.search.length > 1 && { queryStringParameters: query }),
    ...(parameters.length > 0 && {
      pathParameters: Object.fromEntries(
        parameters.map(([name, value = '']) => [name, decode(value)]),
      ),
    }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: request.headers.host ?? '',
      domainPrefix: 'local',
      ...(claims && {
        authorizer: {
          jwt: {
            claims: claimTexts(claims),
            scopes: claims.scope ? String(claims.scope).split(' ') : null,
          },
        },
      }),
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: clock.iso(),
      timeEpoch: clock.now(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** API Gateway hands every claim on as text; an array becomes `[a b]`. */
function claimTexts(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (answer === null || typeof answer !== 'object' || answer.statusCode === undefined) {
    sendJson(response, 200, answer);
    return;
  }
  const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  send(response, answer.statusCode, body, {
    'content-type': 'text/plain; charset=utf-8',
    ...Object.fromEntries(
      Object.entries(answer.headers ?? {}).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    ),
    ...(answer.cookies && { 'set-cookie': [...answer.cookies] }),
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
