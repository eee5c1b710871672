import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import {
  type ProblemCode,
  ProblemDocument,
  problemStatus,
} from '../../shared/contracts/api/problem.ts';
import { everyProblem, type RouteContract } from '../../shared/contracts/api/route.ts';
import { routes } from '../../shared/contracts/api/routes.ts';

/** The HTTP API as OpenAPI 3.1, from the route table. `docs/generated/openapi.json` holds it. */
export const openApiDocument = (): object => {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, route] of Object.entries(routes)) {
    const method = route.method.toLowerCase() as 'get';
    paths[route.path] = { ...paths[route.path], [method]: operationOf(name, route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Nightshift',
      version: '1',
      description:
        'The operation center for data tasks. Errors are problem documents (RFC 9457) with a stable `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    paths,
  });
};

const operationOf = (name: string, route: RouteContract): ZodOpenApiOperationObject => ({
  operationId: name,
  summary: route.summary,
  tags: [route.tag],
  description: permissionOf(route),
  ...(route.role === 'public' ? { security: [] } : {}),
  requestParams: {
    path: route.params,
    query: route.query,
    ...(headersOf(route) ? { header: headersOf(route) } : {}),
  },
  ...(route.body
    ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
    : {}),
  responses: {
    [String(route.status) as '200']: {
      description: 'done',
      content: { 'application/json': { schema: route.reply } },
    },
    ...problemsOf(route),
  },
});

const permissionOf = ({ role, project }: RouteContract): string => {
  if (role === 'public') return 'Needs no token.';
  if (role === 'member')
    return project === 'each'
      ? 'Any signed-in caller; shows and changes only what their role in each project allows.'
      : 'Any signed-in caller.';
  return project === 'system'
    ? `Role ${role} by group; grants of projects do not count.`
    : `Role ${role} in the project.`;
};

const headersOf = ({ idempotency, ifMatch }: RouteContract): z.ZodObject | undefined => {
  if (!idempotency && !ifMatch) return undefined;
  const key = z.string().max(255).meta({
    description: 'the same key and request give the first answer again, for 24 hours',
  });
  return z.object({
    ...(idempotency === 'required' ? { 'Idempotency-Key': key } : {}),
    ...(idempotency === 'optional' ? { 'Idempotency-Key': key.optional() } : {}),
    ...(ifMatch
      ? { 'If-Match': z.string().meta({ description: 'the `rev` that is edited', example: '"3"' }) }
      : {}),
  });
};

/** One answer per status, naming the codes that it may carry. */
const problemsOf = (route: RouteContract): ZodOpenApiOperationObject['responses'] => {
  const codes = [...everyProblem.filter((code) => isPossible(route, code)), ...route.problems];
  const byStatus = Map.groupBy(codes, (code) => problemStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, each]) => [
      String(status),
      {
        description: [...new Set(each)].join(', '),
        content: { 'application/problem+json': { schema: ProblemDocument } },
      },
    ]),
  );
};

const isPossible = (route: RouteContract, code: ProblemCode): boolean => {
  if (code === 'unauthenticated' || code === 'forbidden') return route.role !== 'public';
  if (code === 'bad-json' || code === 'body-too-large') return route.body !== undefined;
  if (code === 'idempotency-key-missing') return route.idempotency === 'required';
  if (code === 'idempotency-key-reused' || code === 'still-running')
    return route.idempotency !== undefined;
  if (code === 'if-match-missing' || code === 'stale-rev') return route.ifMatch === true;
  return true;
};
