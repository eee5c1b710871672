import { createHash, createHmac } from 'node:crypto';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';

export type SigningKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

type Signing = {
  readonly region: string;
  readonly seconds: number;
  readonly now: Instant;
};

/** The address of an object; in path style where S3 is not AWS's. */
export const objectUrl = (
  { bucket, key }: { readonly bucket: string; readonly key: string },
  { region, endpoint }: { readonly region: string; readonly endpoint?: string | undefined },
): URL => {
  const path = key.split('/').map(encoded).join('/');
  return endpoint
    ? new URL(`/${bucket}/${path}`, endpoint)
    : new URL(`https://${bucket}.s3.${region}.amazonaws.com/${path}`);
};

/**
 * A link to an object of S3 that holds for some seconds (Signature Version 4 in the query string). Of our own, because the
 * client of S3 would weigh more than the rest of the API that needs this one line of it.
 */
export const presignGet = (
  url: URL,
  { region, seconds, now }: Signing,
  { accessKeyId, secretAccessKey, sessionToken }: SigningKeys,
): string => {
  const stamp = now.replace(/[-:]|\.\d+/g, '');
  const day = stamp.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${accessKeyId}/${scope}`],
    ['X-Amz-Date', stamp],
    ['X-Amz-Expires', String(seconds)],
    ...(sessionToken ? [['X-Amz-Security-Token', sessionToken]] : []),
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name = '', value = '']) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');
  const request = ['GET', url.pathname, query, `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'];
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(request.join('\n'))].join('\n');
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (last, part) => hmac(last, part),
    `AWS4${secretAccessKey}`,
  );
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${hmac(signing, text).toString('hex')}`;
};

/** RFC 3986: what `encodeURIComponent` leaves alone and S3 does not. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
