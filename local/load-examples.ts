import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ExampleSurroundings } from '../examples/load.ts';
import { freePort } from './free-port.ts';
import type { Host } from './host.ts';

/** Loads the examples. Failing is told, not fatal: the host is of use without them. */
export const loadExamples = async (
  stateFolder: string,
  host: Host,
  print: (line: string) => void,
): Promise<void> => {
  const bucket = host.outputs.DataBucketName ?? '';
  const surroundings: ExampleSurroundings = {
    url: host.url,
    token: host.token,
    now: host.clock.now,
    print,
    bucket,
    putFile: (key, file) => putFile(host, `${bucket}/${key}`, file),
    partnerPort: await keptPort(join(stateFolder, 'partner-port')),
  };
  try {
    // Only now: the examples bring a data set and a YAML reader that nothing else here needs.
    const { loadExamples: load } = await import('../examples/load.ts');
    await load(surroundings);
  } catch (error) {
    print(`the examples could not be loaded: ${error instanceof Error ? error.message : error}`);
  }
};

/** The definitions of the examples name the port, so it stays the same over restarts. */
async function keptPort(file: string): Promise<number> {
  if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
  const port = await freePort();
  writeFileSync(file, String(port));
  return port;
}

async function putFile(
  { endpoints, accessKeyId }: Host,
  path: string,
  file: string,
): Promise<void> {
  const answer = await fetch(`${endpoints.aws}/${path}`, {
    method: 'PUT',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/` },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  if (!answer.ok)
    throw new Error(`${path} could not be stored: ${answer.status} ${await answer.text()}`);
}
