import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { RouteContract } from '../../shared/contracts/api/route.ts';
import type { RouteName, RouteNameOf } from '../../shared/contracts/api/routes.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { callerOf } from './api-caller.ts';
import { type ApiEvent, findRoute } from './api-request.ts';
import {
  type ApiAnswer,
  type ApiDeps,
  type ApiWork,
  refusalAnswer,
  serveRoute,
} from './api-route.ts';
import { logFailure } from './host-log.ts';

/** The work of every route that one Lambda serves; leaving one out does not compile. */
export type ApiHandlers<L extends RouteContract['lambda']> = {
  readonly [N in RouteNameOf<L>]: ApiWork<N>;
};

/**
 * The Lambda host of the HTTP API. Bodies are parsed per route, since a general body parser refuses every GET. A failure
 * leaves one log line with the request id that the caller sees, too.
 */
export const onApi = <L extends RouteContract['lambda']>(handlers: ApiHandlers<L>, deps: ApiDeps) =>
  middy<ApiEvent, APIGatewayProxyStructuredResultV2>()
    .use(httpHeaderNormalizer())
    .use(httpSecurityHeaders())
    .handler(async (event: ApiEvent, context: Context) => {
      const requestId = event.requestContext.requestId ?? context.awsRequestId;
      const answer = await serve(handlers, deps, event, requestId);
      return {
        statusCode: answer.status,
        headers: {
          'content-type': 'application/json',
          'cache-control': 'no-store',
          'request-id': requestId,
          ...answer.headers,
        },
        body: answer.body,
      };
    });

const serve = async (
  handlers: Readonly<Partial<Record<RouteName, unknown>>>,
  deps: ApiDeps,
  event: ApiEvent,
  requestId: string,
): Promise<ApiAnswer> => {
  const { method } = event.requestContext.http;
  const found = findRoute(event);
  const work = 'name' in found ? handlers[found.name] : undefined;
  if (!('name' in found) || work === undefined)
    return noRoute(event, 'allowed' in found ? found.allowed : [], requestId);

  try {
    const request = { event, caller: callerOf(event), params: found.params, requestId };
    return await serveRoute(found.name, work as ApiWork<RouteName>, request, deps);
  } catch (error) {
    const refusal = refusalOfFault(error);
    if (refusal === undefined || refusal.code === 'too-busy')
      logFailure('api call failed', error, { requestId, operation: found.name, method });
    return refusalAnswer(
      refusal ?? {
        code: 'internal',
        detail: `something went wrong on our side; the log has it under request ${requestId}`,
      },
      requestId,
    );
  }
};

const noRoute = (
  { rawPath, requestContext }: ApiEvent,
  allowed: readonly string[],
  requestId: string,
): ApiAnswer => {
  const { method } = requestContext.http;
  if (allowed.length === 0)
    return refusalAnswer(
      {
        code: 'route-not-found',
        detail: `${method} ${rawPath} is no call of this API; see /openapi.json`,
      },
      requestId,
    );
  const refused = refusalAnswer(
    {
      code: 'method-not-allowed',
      detail: `${rawPath} answers ${allowed.join(', ')}, not ${method}`,
    },
    requestId,
  );
  return { ...refused, headers: { ...refused.headers, allow: allowed.join(', ') } };
};

/** Faults that say something about the request or the moment, not about a defect of ours. */
const refusalOfFault = (error: unknown) => {
  if (!(error instanceof Fault)) return undefined;
  if (error.name === 'InputInvalid')
    return error.message.startsWith('cursor')
      ? ({
          code: 'invalid-cursor',
          detail: 'the cursor is not one that this list gave out',
        } as const)
      : ({ code: 'invalid-input', detail: error.message } as const);
  if (error.name === 'RecordInvalid') return undefined;
  return { code: 'too-busy', detail: 'the store is busy; try again in a moment' } as const;
};
