import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

type Signed = {
  readonly kind: string;
  readonly secret: string | undefined;
  readonly body: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
};

export type Verdict = 'right' | 'wrong' | 'missing' | 'not checked';

/** Checks a signature as the provider documents it; written apart from the code that signs, so that one checks the other. */
export const judgeSignature = (signed: Signed): Verdict => {
  const check = checks[signed.kind];
  if (!check || signed.secret === undefined) return 'not checked';
  return check(signed, signed.secret);
};

type Check = (signed: Signed, secret: string) => Verdict;

const checks: Readonly<Record<string, Check>> = {
  dingtalk: ({ url }, secret) => {
    const [timestamp, sign] = [url.searchParams.get('timestamp'), url.searchParams.get('sign')];
    return compare(sign, hmac(secret, `${timestamp}\n${secret}`).toString('base64'));
  },
  feishu: ({ body }, secret) => {
    const { timestamp, sign } = JSON.parse(body) as { timestamp?: string; sign?: string };
    return compare(sign, hmac(`${timestamp}\n${secret}`, '').toString('base64'));
  },
  webhook: ({ headers, body }, secret) => {
    const [, timestamp, given] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-nightshift-signature'] ?? '')) ?? [];
    return compare(given, hmac(secret, `${timestamp}.${body}`).toString('hex'));
  },
};

function hmac(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function compare(given: string | null | undefined, expected: string): Verdict {
  if (!given) return 'missing';
  return given === expected ? 'right' : 'wrong';
}
