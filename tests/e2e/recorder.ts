import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A call that a task made, with the times of this machine's monotonic clock in milliseconds. */
export type RecordedCall = {
  readonly workflow: string;
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly seconds: number;
  readonly startedAt: number;
  readonly endedAt: number;
};

/** Stands outside the product and writes down who called when. Answers after the seconds that the task says it takes. */
export const startRecorder = async (port = 0) => {
  const calls: RecordedCall[] = [];
  const server = createServer(async (request, response) => {
    const startedAt = performance.now();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { workflow, run, task, attempt, seconds } = JSON.parse(Buffer.concat(chunks).toString());
    await sleep(Number(seconds) * 1000);
    calls.push({
      ...{ workflow, run, task, startedAt },
      attempt: Number(attempt),
      seconds: Number(seconds),
      endedAt: performance.now(),
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: listening } = server.address() as AddressInfo;

  return {
    calls,
    host: `127.0.0.1:${listening}`,
    url: `http://127.0.0.1:${listening}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

export type Recorder = Awaited<ReturnType<typeof startRecorder>>;
