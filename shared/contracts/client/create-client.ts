import type * as z from 'zod';
import { type ProblemCode, ProblemDocument } from '../api/problem.ts';
import type { RouteContract, RouteReply, RouteRequest } from '../api/route.ts';
import { type RouteName, type Routes, routes } from '../api/routes.ts';
import { ApiProblem } from './api-problem.ts';

/** As much of `fetch` as the client needs; browsers and Node bring it. */
export type FetchLike = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
  },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

export type ClientOptions = {
  /** Origin of the API without a slash at its end; '' for the origin of the page. */
  readonly baseUrl: string;
  readonly fetch: FetchLike;
  /** The bearer token; renewing it is the caller's business. */
  readonly token: () => Promise<string | undefined>;
  /** Who calls, for the operation log. */
  readonly source: 'console' | 'cli';
  /** A fresh Idempotency-Key for a write that is given none. */
  readonly newKey: () => string;
};

type OptionalWhenEmpty<Name extends string, T> =
  Record<never, never> extends T ? { readonly [N in Name]?: T } : { readonly [N in Name]: T };

/** What a call needs: params, query and body of its route; a part that may be empty may be left out. */
export type CallInput<R extends RouteContract> = OptionalWhenEmpty<
  'params',
  RouteRequest<R>['params']
> &
  OptionalWhenEmpty<'query', RouteRequest<R>['query']> &
  (R extends { readonly body: z.ZodType }
    ? { readonly body: RouteRequest<R>['body'] }
    : Record<never, never>) & {
    /** Give the same key when the same write is tried again. */
    readonly idempotencyKey?: string;
  } & (R extends { readonly ifMatch: true } ? { readonly ifMatch: number } : Record<never, never>);

export type Client = <N extends RouteName>(
  name: N,
  input: CallInput<Routes[N]>,
) => Promise<RouteReply<Routes[N]>>;

type AnyInput = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly ifMatch?: number;
};

/**
 * The one function that talks to the API; path, input and reply types come from the route table. Rejects with
 * ApiProblem for every answer that is no success, and with fetch's own error when nobody answered.
 */
export const createClient =
  ({ baseUrl, fetch, token, source, newKey }: ClientOptions): Client =>
  (name, input) => {
    const route: RouteContract = routes[name];
    const given: AnyInput = input;

    return token()
      .then((bearer) =>
        fetch(`${baseUrl}${pathOf(route.path, given.params ?? {})}${queryOf(given.query ?? {})}`, {
          method: route.method,
          headers: { ...headersOf(route, given, bearer, newKey), 'nightshift-source': source },
          ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
        }),
      )
      .then((answer) =>
        answer.text().then((text) => {
          const body = jsonOf(text);
          if (!answer.ok || body === undefined)
            throw new ApiProblem(problemOfAnswer(answer.status, text, body));
          return route.reply.parse(body) as RouteReply<Routes[typeof name]>;
        }),
      );
  };

const pathOf = (path: string, params: Readonly<Record<string, unknown>>): string =>
  path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key])));

const queryOf = (query: Readonly<Record<string, unknown>>): string => {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
};

const headersOf = (
  route: RouteContract,
  { body, idempotencyKey, ifMatch }: AnyInput,
  bearer: string | undefined,
  newKey: () => string,
): Record<string, string> => ({
  accept: 'application/json',
  ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(route.idempotency ? { 'idempotency-key': idempotencyKey ?? newKey() } : {}),
  ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
});

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'route-not-found',
  429: 'too-busy',
  503: 'too-busy',
};

/** Gateways and proxies answer in words of their own; callers see a problem document all the same. */
const problemOfAnswer = (status: number, text: string, body: unknown): ProblemDocument => {
  const parsed = ProblemDocument.safeParse(body);
  if (parsed.success) return parsed.data;
  return {
    type: 'about:blank',
    title: `HTTP ${status}`,
    status,
    detail: text.slice(0, 500) || `the server answered ${status} without a body`,
    code: codeOfStatus[status] ?? 'internal',
    requestId: '',
  };
};
