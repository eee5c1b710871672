import type * as z from 'zod';
import type { Role } from '../../domain/project/project.schema.ts';
import type { ProblemCode } from './problem.ts';

/** The functions of the API (ADR 70). */
type ApiLambda =
  | 'describe'
  | 'read'
  | 'plan'
  | 'logs'
  | 'messages'
  | 'write'
  | 'tell'
  | 'publish'
  | 'ops';

/**
 * One route of the HTTP API. API Gateway, the router, validation, the permission check, OpenAPI, the typed client, the
 * console and the CLI all read it; its name in the table is the operation id.
 */
export type RouteContract = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Full path with `{name}` placeholders, as API Gateway writes it. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** The least role that may call it; `public` needs no token, `member` only a valid one. */
  readonly role: Role | 'member' | 'public';
  /**
   * How the project whose grants count is found: a parameter of that place, part of the id of an instance or run,
   * `each` when the work checks per item, `system` when only the groups of the token count.
   */
  readonly project:
    | 'params'
    | 'query'
    | 'body'
    | 'instance'
    | 'run'
    | 'request'
    | 'each'
    | 'system';
  /**
   * The Lambda that serves it, by privilege and weight: `describe` may nothing and serves what is public; `read`, `plan`,
   * `logs` and `messages` may look (`plan` computes what would happen, `logs` alone sees run logs, `messages` what people
   * are told); `tell` changes who is told what, `write` everything else, `publish` may speak on the bus, and `ops` may
   * reach dead letters.
   */
  readonly lambda: ApiLambda;
  /** `required`: without an Idempotency-Key the call is refused, because a repetition would act twice. */
  readonly idempotency?: 'required' | 'optional';
  /** The call edits a stored object and must name the revision it edits. */
  readonly ifMatch?: true;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
  readonly status: 200 | 201 | 202;
  /** Refusals beyond those of `everyProblem`. */
  readonly problems: readonly ProblemCode[];
};

/** What any route may refuse with, without listing it. */
export const everyProblem = [
  'bad-json',
  'invalid-input',
  'idempotency-key-missing',
  'unauthenticated',
  'forbidden',
  'idempotency-key-reused',
  'still-running',
  'stale-rev',
  'if-match-missing',
  'body-too-large',
  'too-busy',
  'internal',
] as const satisfies readonly ProblemCode[];
export type EveryProblem = (typeof everyProblem)[number];

type BodyOf<R extends RouteContract> = R extends { readonly body: infer B extends z.ZodType }
  ? B
  : undefined;

/** What the work of a route receives: parsed, with defaults. */
export type RouteInput<R extends RouteContract> = {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: BodyOf<R> extends z.ZodType ? z.output<BodyOf<R>> : undefined;
};

/** What a caller gives: before defaults. */
export type RouteRequest<R extends RouteContract> = {
  readonly params: z.input<R['params']>;
  readonly query: z.input<R['query']>;
  readonly body: BodyOf<R> extends z.ZodType ? z.input<BodyOf<R>> : undefined;
};

export type RouteReply<R extends RouteContract> = z.output<R['reply']>;

/** What the work answers; the host parses it by the contract, so defaults may be left out. */
export type RouteAnswer<R extends RouteContract> = z.input<R['reply']>;
