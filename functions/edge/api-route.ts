import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  type ProblemField,
  problemOf,
  problemStatus,
  type Refusal,
} from '../../shared/contracts/api/problem.ts';
import type {
  EveryProblem,
  RouteAnswer,
  RouteContract,
  RouteInput,
} from '../../shared/contracts/api/route.ts';
import { type RouteName, type Routes, routes } from '../../shared/contracts/api/routes.ts';
import { parseInstanceId, parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Role } from '../../shared/domain/project/project.schema.ts';
import { problemsOfIssues } from '../../shared/domain/workflow/problems-of-issues.ts';
import { type Caller, rankOfRole, strongerOf } from './api-caller.ts';
import { type ApiEvent, bodyTextOf, queryOf } from './api-request.ts';

/** What work may know of the call besides its parsed input. */
export type ApiContext = {
  readonly caller: Caller;
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
  /** The revision of If-Match; always a number on routes that ask for it. */
  readonly rev: number;
  /** What the caller may do in a project: the stronger of the token's role and the project's grant. */
  readonly roleIn: (project: string) => Promise<Role | undefined>;
};

/** A refusal that the contract of the route lists, or one that every route may give. */
export type RefusalOf<N extends RouteName> = Refusal & {
  readonly code: Routes[N]['problems'][number] | EveryProblem;
};

export type ApiWork<N extends RouteName> = (
  input: RouteInput<Routes[N]>,
  context: ApiContext,
) => Promise<Result<RouteAnswer<Routes[N]>, RefusalOf<N>>>;

/** A stored answer to a write, by key: doing it twice gives the first answer again. */
export type Replay = {
  readonly begin: (
    key: string,
    fingerprint: string,
  ) => Promise<
    'new' | 'running' | 'different' | { readonly status: number; readonly body: string }
  >;
  readonly finish: (
    key: string,
    fingerprint: string,
    response: { readonly status: number; readonly body: string },
  ) => Promise<void>;
  readonly abandon: (key: string) => Promise<void>;
};

export type ApiDeps = {
  /** The grant of a user in a project; undefined without one, and where there is no such project. */
  readonly grantOf: (project: string, user: string) => Promise<Role | undefined>;
  /** Missing where every write is harmless to repeat. */
  readonly replay?: Replay | undefined;
};

export type ApiAnswer = {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

type AnyWork = (input: unknown, context: ApiContext) => Promise<Result<unknown, Refusal>>;

/** Largest body: below the 6 MB that a Lambda takes. */
const maxBody = 5_500_000;

/** One request on a found route: permission, parsing, replay, work, answer. The only place where a refusal becomes a status. */
export const serveRoute = async <N extends RouteName>(
  name: N,
  work: ApiWork<N>,
  {
    event,
    caller,
    params,
    requestId,
  }: {
    readonly event: ApiEvent;
    readonly caller: Caller | undefined;
    readonly params: Readonly<Record<string, string>>;
    readonly requestId: string;
  },
  { grantOf, replay }: ApiDeps,
): Promise<ApiAnswer> => {
  const route: RouteContract = routes[name];
  const refuse = (refusal: Refusal) => refusalAnswer(refusal, requestId);
  if (!caller && route.role !== 'public')
    return refuse({
      code: 'unauthenticated',
      detail: 'sign in first: this call needs a bearer token',
    });

  const input = inputOf(route, event, params);
  if (!input.ok) return refuse(input.error);

  const roleIn = rolesOf(caller, grantOf);
  const denied = await denialOf(name, route, input.value, roleIn, caller);
  if (denied) return refuse(denied);

  const rev = revOf(route, event.headers['if-match']);
  if (!rev.ok) return refuse(rev.error);

  const idempotencyKey = event.headers['idempotency-key'];
  if (route.idempotency === 'required' && !idempotencyKey)
    return refuse({
      code: 'idempotency-key-missing',
      detail: 'send an Idempotency-Key header: repeating this call without one would act twice',
    });

  const context: ApiContext = {
    caller: caller ?? { user: 'anonymous', role: undefined, source: 'api' },
    requestId,
    idempotencyKey,
    rev: rev.value,
    roleIn,
  };
  const answer = async (): Promise<ApiAnswer> => {
    const done = await (work as AnyWork)(input.value, context);
    return done.ok
      ? { status: route.status, body: JSON.stringify(route.reply.parse(done.value)) }
      : refuse(done.error);
  };
  if (!route.idempotency || !idempotencyKey || !replay) return answer();
  return replayed(answer, replay, {
    key: hashOf(`${context.caller.user}\n${name}\n${idempotencyKey}`),
    fingerprint: hashOf(
      `${event.rawPath}\n${event.rawQueryString}\n${rev.value}\n${bodyTextOf(event)}`,
    ),
    refuse,
  });
};

/** A refusal as it is sent. */
export const refusalAnswer = (refusal: Refusal, requestId: string): ApiAnswer => ({
  status: problemStatus[refusal.code],
  body: JSON.stringify(problemOf(refusal, requestId)),
  headers: {
    'content-type': 'application/problem+json',
    ...(refusal.code === 'too-busy' ? { 'retry-after': '1' } : {}),
    ...(refusal.code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
  },
});

type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

const inputOf = (
  route: RouteContract,
  event: ApiEvent,
  params: Readonly<Record<string, string>>,
): Result<Input, Refusal> => {
  const body = route.body ? jsonOf(bodyTextOf(event)) : ok(undefined);
  if (!body.ok) return body;

  const parts = {
    params: route.params.safeParse(params),
    query: route.query.safeParse(queryOf(event)),
    body: (route.body ?? z.undefined()).safeParse(body.value),
  };
  const errors: readonly ProblemField[] = Object.entries(parts).flatMap(([part, { error }]) =>
    problemsOfIssues(error?.issues ?? [], [part]),
  );
  if (errors.length > 0)
    return err({
      code: 'invalid-input',
      detail: errors
        .map(({ path, message }) => `${path}: ${message}`)
        .join('; ')
        .slice(0, 2000),
      errors: errors.slice(0, 100),
    });
  return ok({ params: parts.params.data, query: parts.query.data, body: parts.body.data });
};

const jsonOf = (text: string): Result<unknown, Refusal> => {
  if (text.length > maxBody)
    return err({ code: 'body-too-large', detail: `the body has more than ${maxBody} characters` });
  try {
    return ok(text === '' ? undefined : JSON.parse(text));
  } catch (error) {
    return err({ code: 'bad-json', detail: `the body is no JSON: ${(error as Error).message}` });
  }
};

const rolesOf = (caller: Caller | undefined, grantOf: ApiDeps['grantOf']): ApiContext['roleIn'] => {
  const known = new Map<string, Promise<Role | undefined>>();
  return (project) => {
    if (!caller || caller.role === 'admin') return Promise.resolve(caller?.role);
    const role =
      known.get(project) ??
      grantOf(project, caller.user).then((grant) => strongerOf(caller.role, grant));
    known.set(project, role);
    return role;
  };
};

/** The one permission check. Routes that touch many projects (`each`) ask `roleIn` for each of them. */
const denialOf = async (
  name: RouteName,
  route: RouteContract,
  input: Input,
  roleIn: ApiContext['roleIn'],
  caller: Caller | undefined,
): Promise<Refusal | undefined> => {
  if (route.role === 'public' || route.role === 'member') return undefined;

  const project = projectOf(route, input);
  if (project.ok === false) return project.error;
  const role = project.value === undefined ? caller?.role : await roleIn(project.value);
  if (rankOfRole(role) >= rankOfRole(route.role)) return undefined;

  const where = project.value === undefined ? 'the installation' : `project ${project.value}`;
  return {
    code: 'forbidden',
    detail: `${name} needs the role ${route.role} in ${where}; ${caller?.user ?? 'you'} has ${role ?? 'none'}`,
  };
};

const projectOf = (
  route: RouteContract,
  { params, query, body }: Input,
): Result<string | undefined, Refusal> => {
  const field = (part: unknown, name: string): string =>
    String((part as Readonly<Record<string, unknown>>)[name]);
  const known = (project: string | undefined, code: Refusal['code'], id: string) =>
    project === undefined ? err({ code, detail: `${id} is no such id` }) : ok(project);

  switch (route.project) {
    case 'params':
      return ok(field(params, 'project'));
    case 'query':
      return ok(field(query, 'project'));
    case 'body':
      return ok(field(body, 'project'));
    case 'instance': {
      const id = field(params, 'instance');
      return known(parseInstanceId(id)?.project, 'instance-not-found', id);
    }
    case 'run': {
      const id = field(params, 'run');
      return known(parseRunId(id)?.project, 'run-not-found', id);
    }
    case 'request': {
      const id = field(params, 'request');
      return known(id.split('~')[1], 'request-not-found', id);
    }
    case 'each':
    case 'system':
      return ok(undefined);
  }
};

const revOf = (route: RouteContract, header: string | undefined): Result<number, Refusal> => {
  if (!route.ifMatch) return ok(0);
  if (!header)
    return err({
      code: 'if-match-missing',
      detail: 'send the revision you edit as If-Match, so that nobody’s change is overwritten',
    });
  const rev = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  return rev === undefined
    ? err({
        code: 'invalid-input',
        detail: 'If-Match must be the `rev` of the object, for example "3"',
        errors: [{ path: 'headers.if-match', message: 'must be a revision number' }],
      })
    : ok(Number(rev));
};

/** Success is stored and given again; a refusal or a failure leaves the key free for another try. */
const replayed = async (
  answer: () => Promise<ApiAnswer>,
  replay: Replay,
  {
    key,
    fingerprint,
    refuse,
  }: {
    readonly key: string;
    readonly fingerprint: string;
    readonly refuse: (refusal: Refusal) => ApiAnswer;
  },
): Promise<ApiAnswer> => {
  const before = await replay.begin(key, fingerprint);
  if (before === 'running')
    return refuse({
      code: 'still-running',
      detail: 'the first call with this Idempotency-Key has not ended yet; try again',
    });
  if (before === 'different')
    return refuse({
      code: 'idempotency-key-reused',
      detail: 'this Idempotency-Key came with another request before; use a fresh one',
    });
  if (before !== 'new') return { ...before, headers: { 'idempotency-replayed': 'true' } };

  try {
    const done = await answer();
    if (done.status < 300)
      await replay.finish(key, fingerprint, { status: done.status, body: done.body });
    else await replay.abandon(key);
    return done;
  } catch (error) {
    await replay.abandon(key);
    throw error;
  }
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
