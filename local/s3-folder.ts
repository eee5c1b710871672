import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { escaped, readBody, send } from './http-io.ts';

export type S3Folder = { serve(request: IncomingMessage, response: ServerResponse): Promise<void> };

type Stored = {
  readonly key: string;
  readonly size: number;
  readonly modified: Date;
  readonly etag: string;
};

const objectLimit = 5 * 1024 ** 3;

/** S3 in path style on a folder: Get, Put, Head, Delete and ListObjectsV2; the rest is refused. */
export const s3Folder = (root: string, buckets: readonly string[]): S3Folder => ({
  async serve(request, response) {
    const url = new URL(request.url ?? '/', 'http://host');
    const [bucket = '', ...segments] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const key = segments.join('/');
    if (!buckets.includes(bucket)) return refuse(response, 404, 'NoSuchBucket', bucket);
    const folder = join(root, bucket);
    const { method } = request;

    if (key === '' && method === 'GET' && url.searchParams.get('list-type') === '2')
      return list(response, folder, bucket, url.searchParams);
    if (
      key === '' ||
      request.headers['x-amz-copy-source'] ||
      url.searchParams.has('uploads') ||
      url.searchParams.has('uploadId')
    )
      return refuse(response, 501, 'NotImplemented', `${method} ${request.url}`);
    const path = join(folder, ...key.split('/').map(fileName));

    if (method === 'PUT') return put(request, response, path, key);
    if (method === 'DELETE') {
      await rm(path, { force: true });
      return send(response, 204, '');
    }
    const object = await stored(path, key);
    if (!object) return refuse(response, 404, 'NoSuchKey', key);
    response.writeHead(200, {
      'content-length': object.size,
      'content-type': 'application/octet-stream',
      etag: object.etag,
      'last-modified': object.modified.toUTCString(),
    });
    if (method === 'HEAD') response.end();
    else await pipeline(createReadStream(path), response);
  },
});

async function put(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  key: string,
): Promise<void> {
  if (request.headers['if-none-match'] === '*' && (await stored(path, key)))
    return refuse(response, 412, 'PreconditionFailed', key);
  const body = await readBody(request, objectLimit);
  const chunked = String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}${draftSuffix}`;
  await writeFile(draft, chunked ? unchunked(body) : body);
  await rename(draft, path);
  const object = await stored(path, key);
  send(response, 200, '', { etag: object?.etag ?? '' });
}

async function list(
  response: ServerResponse,
  folder: string,
  bucket: string,
  query: URLSearchParams,
): Promise<void> {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  if (query.has('delimiter')) return refuse(response, 501, 'NotImplemented', 'delimiter');

  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const keys = names
    .filter((entry) => entry.isFile() && !entry.name.endsWith(draftSuffix))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(/[\\/]/).map(decodeURIComponent).join('/'))
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort();
  const page = keys.slice(0, limit);
  const objects = await Promise.all(
    page.map((key) => stored(join(folder, ...key.split('/').map(fileName)), key)),
  );
  const contents = objects
    .filter((object) => object !== undefined)
    .map(
      ({ key, size, modified, etag }) =>
        `<Contents><Key>${escaped(key)}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>${escaped(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    );
  const more = keys.length > limit;
  send(
    response,
    200,
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${escaped(bucket)}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${escaped(page.at(-1) ?? '')}</NextContinuationToken>` : ''}${contents.join('')}</ListBucketResult>`,
    { 'content-type': 'application/xml' },
  );
}

async function stored(path: string, key: string): Promise<Stored | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  return {
    key,
    size: found.size,
    modified: found.mtime,
    etag: `"${found.size.toString(16)}-${Math.round(found.mtimeMs * 1000).toString(16)}"`,
  };
}

/** The SDK sends large or checksummed bodies in signed chunks: `hex size[;extension] CRLF data CRLF …`. */
const unchunked = (body: Buffer): Buffer => {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
};

const draftSuffix = '.draft';

/** A key's segment as a file name that cannot leave the folder. */
function fileName(segment: string): string {
  if (/^\.*$/.test(segment)) return segment.replaceAll('.', '%2E') || '%00';
  return encodeURIComponent(segment).replaceAll('%3D', '=');
}

function refuse(response: ServerResponse, status: number, code: string, detail: string): void {
  send(
    response,
    status,
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${escaped(detail)}</Message><RequestId>local</RequestId></Error>`,
    { 'content-type': 'application/xml' },
  );
}
