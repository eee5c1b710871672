import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ApiGateway = { readonly url: string; close(): void };

/** A door to one HTTP API of the emulator, which tells its APIs apart by the host that a request names. */
export const openApi = (endpoint: string, apiUrl: string): Promise<ApiGateway> => {
  const { hostname, port } = new URL(endpoint);
  const apiId = new URL(apiUrl).hostname.split('.')[0];
  const server = createServer((incoming, outgoing) => {
    const onward = request(
      {
        hostname,
        port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: `${apiId}.execute-api.localhost` },
      },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      },
    );
    onward.on('error', (error) => outgoing.writeHead(502).end(error.message));
    incoming.pipe(onward);
  });

  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
};
