import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostClock } from './clock.ts';
import { HostError } from './host-error.ts';
import type { HttpApi } from './http-api.ts';
import { sendJson } from './http-io.ts';
import { type Issuer, issuerPath } from './issuer.ts';
import { codeOf } from './lock.ts';
import type { Mailbox } from './mailbox.ts';
import type { SesMood } from './ses-mood.ts';
import type { Site } from './site.ts';
import { WireRefused } from './wire-refused.ts';

/** What requests under way get to end when the server closes. */
const lastAnswersMs = 300;

type WebParts = {
  readonly api: HttpApi;
  readonly issuer: Issuer;
  readonly mailbox: Mailbox;
  readonly showMessages: (response: ServerResponse, path: string) => void;
  readonly recordWebhook: (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ) => Promise<void>;
  readonly mood: SesMood;
  readonly site: Site;
  readonly clock: HostClock;
};

export type WebServer = {
  readonly port: number;
  /** Begins to serve; until then requests get 503. */
  open(parts: WebParts): void;
  close(): Promise<void>;
};

/** Takes the port at once, so that a busy one is noticed before anything else is started. */
export const startWebServer = (host: string, port: number): Promise<WebServer> => {
  let parts: WebParts | undefined;
  const server = createServer((request, response) => {
    if (!parts) return sendJson(response, 503, { message: 'starting' }, { 'retry-after': '1' });
    route(parts, host, request, response).catch((error) => {
      const known =
        error instanceof WireRefused
          ? error
          : new WireRefused('InternalServerError', String(error), 500);
      if (response.headersSent) response.destroy();
      else sendJson(response, known.status, { message: known.message });
    });
  });
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(listenError(error, host, port)));
    server.listen(port, host, () =>
      done({
        port: (server.address() as AddressInfo).port,
        open: (ready) => {
          parts = ready;
        },
        close: () => closed(server),
      }),
    );
  });
};

async function route(
  { api, issuer, mailbox, showMessages, recordWebhook, mood, site, clock }: WebParts,
  host: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://host');
  const { pathname } = url;
  if (isLoopback(host) && !isLoopback(hostName(request)))
    return sendJson(response, 421, { message: 'this host answers to its own name only' });

  if (pathname.startsWith('/_local/')) {
    if (!isLoopback(request.socket.remoteAddress ?? ''))
      return sendJson(response, 403, { message: 'only from this machine' });
    if (pathname.startsWith(`${issuerPath}/`)) return issuer.serve(request, response, url);
    if (pathname.startsWith('/_local/mailbox')) return mailbox.show(response, url);
    if (/^\/_local\/messages(\.json)?$/.test(pathname)) return showMessages(response, pathname);
    if (pathname.startsWith('/_local/webhooks/')) return recordWebhook(request, response, url);
    if (pathname === '/_local/ses') return mood.serve(request, response);
    if (pathname === '/_local/clock')
      return sendJson(response, 200, { now: clock.iso(), speed: clock.setting.speed });
    return sendJson(response, 404, { message: 'Not Found' });
  }
  if (await api.serve(request, response, url)) return;
  if (pathname.startsWith('/api/') || !['GET', 'HEAD'].includes(request.method ?? ''))
    return sendJson(response, 404, { message: 'Not Found' });
  await site.serve(request, response, pathname);
}

/** A page of another site must not reach this host under a name of its own (DNS rebinding). */
function hostName(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '');
}

function isLoopback(name: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?|::ffff:127\.\d+\.\d+\.\d+)$/.test(name);
}

function listenError(error: Error, host: string, port: number): Error {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return new HostError(
      `port ${port} is busy: choose another one with --port, or --port 0 for a free one`,
    );
  if (code === 'EACCES')
    return new HostError(`port ${port} may not be used: choose another one with --port`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new HostError(`--host ${host}: this machine has no such address`);
  return error;
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), lastAnswersMs).unref();
  });
}
