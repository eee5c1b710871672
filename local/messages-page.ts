import type { ServerResponse } from 'node:http';
import { escaped, send, sendJson } from './http-io.ts';
import type { KeptMessage, Messages } from './messages.ts';

const shown = 200;
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
const names = { sms: 'Text message', voice: 'Call', post: 'Post' } as const;

/** `/_local/messages`: text messages, calls and posts to rooms, the newest first; `.json` for programs. */
export const messagesPage =
  (kept: Messages) =>
  (response: ServerResponse, path: string): void => {
    const found = kept.list(shown);
    if (path.endsWith('.json')) sendJson(response, 200, found);
    else
      send(response, 200, page(found), {
        ...{ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
        ...{ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
      });
  };

const style =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1rem}article{border-top:1px solid #8886}h2{font-size:1rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere}';

function page(found: readonly KeptMessage[]): string {
  const articles = found.map(
    ({ at, kind, target, body, note }) =>
      `<article><h2>${names[kind]} · ${escaped(target)}</h2><p>${new Date(at).toISOString()} · ${escaped(note)}</p><pre>${escaped(pretty(body))}</pre></article>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Messages</title><style>${style}</style><h1>Messages</h1><nav><a href="/_local/mailbox">Mails</a></nav><p>Rooms post to <code>/_local/webhooks/&lt;anything&gt;?kind=slack</code> here; allow private addresses for them.</p>${articles.join('') || '<p>No text message, call or post yet.</p>'}</html>`;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
