import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A call that begins a warm-up is refused; from this long after it on, the service answers. */
const warmUpMs = 5_000;

/**
 * The "partner" that the examples call over HTTP: quotes out of public data, and a desk for summaries that needs to warm
 * up. The first summary of a run is answered 503, so its task fails and recovers on its automatic retry.
 */
export const startPartnerService = (port: number, print: (line: string) => void): Promise<void> => {
  const warmSince = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/quotes') return answer(response, 200, quotes());
      if (request.url === '/summaries' && request.method === 'POST')
        return takeSummary(response, warmSince, Buffer.concat(chunks).toString());
      return answer(response, 404, { error: `no ${request.url} here` });
    });
  });

  return new Promise((resolve) => {
    server.on('error', (error) => {
      print(`examples: the HTTP service on port ${port} did not start (${error.message})`);
      resolve();
    });
    server.listen(port, '127.0.0.1', () => {
      server.unref();
      resolve();
    });
  });
};

const takeSummary = (
  response: ServerResponse,
  warmSince: Map<string, number>,
  body: string,
): void => {
  const run = runOf(body);
  const since = warmSince.get(run) ?? Date.now();
  warmSince.set(run, since);
  const isWarm = Date.now() - since >= warmUpMs;
  if (isWarm) answer(response, 201, { accepted: run });
  else answer(response, 503, { error: 'the summary desk is warming up, try again' });
};

const runOf = (body: string): string => {
  try {
    return String((JSON.parse(body) as { run?: unknown }).run);
  } catch {
    return 'unknown';
  }
};

/** The last price of each symbol. */
const quotes = () => {
  const folder = dirname(fileURLToPath(import.meta.resolve('vega-datasets')));
  const rows = readFileSync(join(folder, '..', 'data', 'stocks.csv'), 'utf8')
    .trim()
    .split('\n');
  const last = Object.fromEntries(
    rows.slice(1).map((row) => {
      const [symbol = '', , price] = row.split(',');
      return [symbol, Number(price)];
    }),
  );
  return { symbols: Object.keys(last).length, last };
};

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
