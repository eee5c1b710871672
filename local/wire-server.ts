import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody, sendJson } from './http-io.ts';
import type { S3Folder } from './s3-folder.ts';
import type { Ses } from './ses.ts';
import { WireRefused } from './wire-refused.ts';

/** One action of an `X-Amz-Target` service: JSON in, JSON out. */
export type JsonAction = (input: Readonly<Record<string, unknown>>) => unknown;

type WireServices = {
  readonly actions: Readonly<Record<string, JsonAction>>;
  readonly invoke: (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ) => Promise<void>;
  readonly mail: Ses;
  readonly s3: S3Folder;
};

export type WireServer = {
  readonly endpoint: string;
  open(services: WireServices): void;
  close(): Promise<void>;
};

/**
 * The AWS protocols that the bundles speak, on one loopback endpoint. Callers must show the access key, which is made
 * at each start, so that no web page can guess it.
 */
export const startWireServer = (accessKeyId: string): Promise<WireServer> => {
  let services: WireServices | undefined;
  const server = createServer((request, response) => {
    const known = request.headers.authorization?.includes(`Credential=${accessKeyId}/`);
    const answered = !services
      ? Promise.reject(new WireRefused('ServiceUnavailable', 'the host starts', 503))
      : known
        ? route(services, request, response)
        : Promise.reject(
            new WireRefused('UnrecognizedClientException', 'The security token is invalid', 403),
          );
    answered.catch((error) => refuse(response, error));
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      done({
        endpoint: `http://127.0.0.1:${port}`,
        open: (ready) => {
          services = ready;
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
};

async function route(
  { actions, invoke, mail, s3 }: WireServices,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.headers['x-amz-target'];
  const { pathname } = new URL(request.url ?? '/', 'http://host');
  if (typeof target === 'string') {
    const action = actions[target];
    if (!action)
      throw new WireRefused('UnknownOperationException', `the local host does not know ${target}`);
    const input = JSON.parse((await readBody(request)).toString('utf8') || '{}');
    sendJson(response, 200, (await action(input)) ?? {}, {
      'content-type': 'application/x-amz-json-1.0',
    });
  } else if (pathname.startsWith('/2015-03-31/')) {
    await invoke(request, response, pathname);
  } else if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    await mail(response, new URLSearchParams((await readBody(request)).toString('utf8')));
  } else {
    await s3.serve(request, response);
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof WireRefused ? error : new WireRefused('InternalFailure', String(error), 500);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendJson(
    response,
    known.status,
    { __type: known.name, message: known.message },
    { 'x-amzn-errortype': known.name, 'content-type': 'application/x-amz-json-1.0' },
  );
}
