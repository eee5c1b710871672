import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Room } from '../../shared/domain/notice/channel.schema.ts';
import { type Resolve, resolveByDns } from '../engines/egress-guard.ts';
import { EgressRefused, fetchGuarded, type GuardedResponse } from '../engines/fetch-guarded.ts';

type Post = {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type PostAnswer = Pick<GuardedResponse, 'status' | 'body'> & {
  /** Body as JSON; undefined when it is none. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterSeconds: number | undefined;
};

/** Posts to rooms; tests bring a resolver of their own. */
export type PostJson = (
  post: Post,
  room: Pick<Room, 'kind' | 'allowPrivate'>,
) => Promise<PostAnswer>;

const timeoutMs = 10_000;
/** Answers of providers are a line; more of one is not read. */
const answerBytes = 8_192;
/** The request never left, so nothing can have been accepted. */
const notReached = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

/**
 * Posts JSON once, through the egress guard: to public addresses only unless the room says otherwise, without following
 * redirects, for at most 10 s. Answers with whatever came back. Errors are those of `SendChannel`; none of them holds
 * the address, which is a secret.
 */
export const postJsonWith =
  (resolve: Resolve = resolveByDns): PostJson =>
  async ({ url, body, headers }, { kind, allowPrivate }) => {
    try {
      const answer = await fetchGuarded(
        {
          ...{ url, method: 'POST', body: JSON.stringify(body) },
          headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        },
        {
          ...{ allowHosts: [], allowPrivate, resolve, maxBytes: answerBytes, maxRedirects: 0 },
          signal: AbortSignal.timeout(timeoutMs),
        },
      );
      return {
        ...{ status: answer.status, body: answer.body, json: jsonOf(answer.body) },
        retryAfterSeconds: retryAfterOf(answer.headers['retry-after']),
      };
    } catch (error) {
      throw faultOf(kind, error);
    }
  };

const jsonOf = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
};

/** Seconds only; the form with a date is used by none of the providers. At most a day, so that nobody makes us wait for good. */
const retryAfterOf = (header: string | undefined): number | undefined => {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? Math.min(Math.ceil(seconds), 86_400)
    : undefined;
};

const faultOf = (kind: string, error: unknown): Fault => {
  const cause = { cause: error };
  if (error instanceof EgressRefused)
    return /cannot be resolved/.test(error.message)
      ? new Fault('ChannelThrottled', `${kind}: the host of the room cannot be found`, {}, cause)
      : new Fault(
          'ChannelRefused',
          `${kind}: the address of the room is not public; allow private addresses for it, or give another one`,
          {},
          cause,
        );
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (notReached.has(code))
    return new Fault('ChannelThrottled', `${kind}: out of reach (${code})`, {}, cause);
  return new Fault('ChannelUnsure', `${kind}: no answer came`, {}, cause);
};
