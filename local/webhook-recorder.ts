import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send, sendJson } from './http-io.ts';
import type { Messages } from './messages.ts';
import { judgeSignature } from './webhook-signature.ts';

const path = '/_local/webhooks/';

/**
 * Stands in for rooms: keeps what is posted to `/_local/webhooks/<anything>` and answers as the provider does. The query
 * says which one it is and how it feels:
 *
 * - `kind=dingtalk|wecom|feishu|slack|teams|webhook`, `secret=…`: checks the signature and refuses a wrong one;
 * - `answer=429|500|302|hang` or `answer=<errcode>` (`130101`, `45009`, `9499`): refuses;
 * - `times=2`: only the first two posts, then it takes them.
 */
export const webhookRecorder =
  (kept: Messages) =>
  async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (request.method !== 'POST') return sendJson(response, 405, { message: 'post to it' });
    const target = url.pathname.slice(path.length);
    const body = (await readBody(request)).toString('utf8');
    const kind = url.searchParams.get('kind') ?? 'webhook';
    const secret = url.searchParams.get('secret') ?? undefined;
    const signature = judgeSignature({ kind, secret, body, url, headers: request.headers });
    const before = kept.count(target);
    const answer = url.searchParams.get('answer');
    const refuses = answer !== null && before < Number(url.searchParams.get('times') ?? Infinity);
    const key = request.headers['idempotency-key'];
    const note = [
      `signature ${signature}`,
      ...(key ? [`idempotency-key ${key}`] : []),
      ...(refuses ? [`answered ${answer}`] : []),
    ].join(', ');
    kept.add({ kind: 'post', target, body, note });

    if (refuses && answer === 'hang') return;
    if (refuses) return refuse(response, kind, answer);
    if (signature === 'wrong' || signature === 'missing')
      return refuse(response, kind, wrongSignature[kind] ?? '401');
    accept(response, kind);
  };

const wrongSignature: Readonly<Record<string, string>> = { dingtalk: '310000', feishu: '19021' };

function refuse(response: ServerResponse, kind: string, answer: string): void {
  const code = Number(answer);
  if (code >= 300 && code < 600)
    send(response, code, code === 429 ? 'rate_limited' : 'out of order', {
      ...(code === 429 ? { 'retry-after': '7' } : {}),
      ...(code < 400 ? { location: 'http://169.254.169.254/' } : {}),
    });
  else if (kind === 'feishu')
    sendJson(response, 200, { code, msg: code === 9499 ? 'too many request' : `error ${code}` });
  else sendJson(response, 200, { errcode: code, errmsg: `error ${code}` });
}

function accept(response: ServerResponse, kind: string): void {
  if (kind === 'slack') send(response, 200, 'ok');
  else if (kind === 'teams') send(response, 202, '');
  else if (kind === 'feishu') sendJson(response, 200, { code: 0, msg: 'success' });
  else sendJson(response, 200, { errcode: 0, errmsg: 'ok' });
}
