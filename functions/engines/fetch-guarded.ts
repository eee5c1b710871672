import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Resolve, type VettedAddress, vetUrl } from './egress-guard.ts';

export type GuardedRequest = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
};

export type GuardedOptions = {
  readonly allowHosts: readonly string[];
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
  /** Bytes of the response that are read; the rest is cut off. */
  readonly maxBytes: number;
  /** Default 5; with 0 a redirect is an answer like any other. */
  readonly maxRedirects?: number;
  /** Every address of its own network, too; metadata addresses stay refused. */
  readonly allowPrivate?: boolean;
};

export type GuardedResponse = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly truncated: boolean;
  readonly url: string;
};

/** The request may not be made: its target is not public, or it is none. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused';
}

const mostRedirects = 5;
const credentials = /^(authorization|cookie|proxy-authorization)$/i;

/**
 * Sends a request and follows up to five redirects; each hop passes the egress guard and connects to the very address
 * that was checked. Credentials are not carried to another origin. Rejects with EgressRefused, with the reason of
 * `signal`, or with the error of the connection.
 */
export const fetchGuarded = async (
  request: GuardedRequest,
  options: GuardedOptions,
): Promise<GuardedResponse> => {
  const { maxRedirects = mostRedirects } = options;
  let hop = request;
  for (let redirects = 0; ; redirects += 1) {
    const url = parseUrl(hop.url);
    const allowed = options.allowPrivate ? [url.hostname] : options.allowHosts;
    const vetted = await vetUrl(url, allowed, options.resolve);
    options.signal.throwIfAborted();
    if (!vetted.ok) throw new EgressRefused(vetted.error);

    const response = await send(url, hop, vetted.value, options.signal);
    const next = maxRedirects === 0 ? undefined : redirectOf(response, url, hop);
    if (!next) return { url: url.href, ...(await bodyOf(response, options.maxBytes)) };
    response.destroy();
    if (redirects === maxRedirects) throw new Error(`more than ${maxRedirects} redirects`);
    hop = next;
  }
};

const parseUrl = (text: string): URL => {
  if (!URL.canParse(text)) throw new EgressRefused(`not a URL: ${text}`);
  return new URL(text);
};

/** No agent: a kept connection may belong to a host that another project may reach and this one may not. */
const send = (
  url: URL,
  { method, headers, body }: GuardedRequest,
  addresses: readonly VettedAddress[],
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request: ClientRequest = open(url, {
      agent: false,
      method,
      headers: {
        'user-agent': 'nightshift',
        'accept-encoding': 'identity',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      lookup: lookupOf(addresses),
      signal,
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.end(body);
  });

const lookupOf =
  (addresses: readonly VettedAddress[]): LookupFunction =>
  (_host, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };

/** Where a redirect leads, by the rules of fetch; undefined for an answer that is none. */
const redirectOf = (
  { statusCode = 0, headers }: IncomingMessage,
  from: URL,
  hop: GuardedRequest,
): GuardedRequest | undefined => {
  if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return undefined;
  if (!URL.canParse(headers.location, from.href))
    throw new EgressRefused(`redirected to no URL: ${headers.location}`);

  const url = new URL(headers.location, from);
  const keepsBody = statusCode === 307 || statusCode === 308 || hop.method === 'GET';
  const dropped = (name: string) =>
    (url.origin !== from.origin && credentials.test(name)) ||
    (!keepsBody && /^content-/i.test(name));
  return {
    url: url.href,
    method: keepsBody ? hop.method : 'GET',
    headers: Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !dropped(name))),
    body: keepsBody ? hop.body : undefined,
  };
};

const bodyOf = async (
  response: IncomingMessage,
  maxBytes: number,
): Promise<Omit<GuardedResponse, 'url'>> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'),
    truncated: size > maxBytes,
  };
};
