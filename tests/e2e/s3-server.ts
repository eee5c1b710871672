import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type S3Server = {
  readonly endpoint: string;
  /** `bucket/key` → content. */
  readonly objects: Map<string, Buffer>;
  stop(): Promise<void>;
};

/** As much of S3 as datasets need, in memory: HEAD, GET, PUT and ListObjectsV2 (two keys a page), path style. */
export const startS3 = (): Promise<S3Server> => {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => void serve(objects, request, response));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        objects,
        stop: () =>
          new Promise((stopped) => {
            server.closeAllConnections();
            server.close(() => stopped());
          }),
      }),
    );
  });
};

const serve = async (
  objects: Map<string, Buffer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
  const path = decodeURIComponent(pathname.slice(1));

  if (request.method === 'PUT') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    objects.set(path, Buffer.concat(chunks));
    response.end();
    return;
  }
  if (searchParams.get('list-type') === '2') {
    response.end(listOf(objects, path.replace(/\/$/, ''), searchParams));
    return;
  }
  const object = objects.get(path);
  if (!object) {
    response.writeHead(404, { 'content-type': 'application/xml' });
    response.end(request.method === 'HEAD' ? undefined : '<Error><Code>NoSuchKey</Code></Error>');
    return;
  }
  response.writeHead(200, { 'content-length': object.length });
  response.end(request.method === 'HEAD' ? undefined : object);
};

const pageSize = 2;

const listOf = (objects: Map<string, Buffer>, bucket: string, query: URLSearchParams): string => {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()]
    .filter((path) => path.startsWith(`${bucket}/${prefix}`))
    .map((path) => path.slice(bucket.length + 1))
    .filter((key) => key > after)
    .toSorted();
  const page = keys.slice(0, pageSize);
  const contents = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>${objects.get(`${bucket}/${key}`)?.length}</Size></Contents>`,
  );
  const more = keys.length > pageSize;
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
};
