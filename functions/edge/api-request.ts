import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { RouteContract } from '../../shared/contracts/api/route.ts';
import { type RouteName, routes } from '../../shared/contracts/api/routes.ts';

/** What API Gateway hands over (payload 2.0); a public route comes without an authorizer. */
export type ApiEvent = Omit<APIGatewayProxyEventV2WithJWTAuthorizer, 'requestContext'> & {
  readonly requestContext: Omit<
    APIGatewayProxyEventV2WithJWTAuthorizer['requestContext'],
    'authorizer'
  > & {
    readonly authorizer?: APIGatewayProxyEventV2WithJWTAuthorizer['requestContext']['authorizer'];
  };
};

export type FoundRoute =
  | { readonly name: RouteName; readonly params: Readonly<Record<string, string>> }
  | { readonly allowed: readonly string[] };

/**
 * The route of a request by the key that API Gateway matched, else by its path (a catch-all route carries no key of the
 * table). Not found: the methods that this path does serve, none when it is no path of the API.
 */
export const findRoute = (event: ApiEvent): FoundRoute => {
  const name = nameByKey.get(event.routeKey);
  if (name) return { name, params: decoded(event.pathParameters ?? {}) };

  const { method } = event.requestContext.http;
  const matches = Object.entries(patterns).flatMap(([each, { pattern, route }]) => {
    const found = pattern.exec(event.rawPath);
    return found ? [{ name: each as RouteName, route, params: decoded(found.groups ?? {}) }] : [];
  });
  return (
    matches.find(({ route }) => route.method === method) ?? {
      allowed: matches.map(({ route }) => route.method),
    }
  );
};

/** The text of the body; API Gateway encodes what it does not take for text. */
export const bodyTextOf = ({ body, isBase64Encoded }: ApiEvent): string =>
  isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');

/** Query parameters that were given a value: `?owner=` asks for nothing. */
export const queryOf = ({ queryStringParameters }: ApiEvent): Record<string, string> =>
  Object.fromEntries(
    Object.entries(queryStringParameters ?? {}).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );

const nameByKey = new Map<string, RouteName>(
  Object.entries(routes).map(([name, { method, path }]) => [
    `${method} ${path}`,
    name as RouteName,
  ]),
);

const patterns: Readonly<Record<string, { pattern: RegExp; route: RouteContract }>> =
  Object.fromEntries(
    Object.entries(routes).map(([name, route]) => [
      name,
      {
        route,
        pattern: new RegExp(
          `^${route.path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
        ),
      },
    ]),
  );

/** Decoding twice is harmless: no id of ours holds a percent sign. */
const decoded = (params: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value = '']) => [name, decode(value)]));

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
