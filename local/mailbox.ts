import type { ServerResponse } from 'node:http';
import { send, sendJson } from './http-io.ts';
import { listPage, mailPage } from './mailbox-page.ts';
import type { KeptMail, Mails } from './mails.ts';

export type Mailbox = {
  /**
   * `/_local/mailbox` (`?q=` searches, `?before=` goes on), `.json` (the same, at most 500), `/N` (one mail), `/N/html`
   * (its HTML as a mail program would show it), `/N/raw` (its source).
   */
  show(response: ServerResponse, url: URL): void;
};

const pageSize = 50;
const jsonSize = 500;
/** The page itself: nothing is loaded or run, and it may frame its own mails. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A mail is somebody else's HTML: no scripts, no forms, an origin of its own; links open beside. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";

/** Shows the mails that SES would have sent. */
export const mailbox = (mails: Mails): Mailbox => {
  const html = (response: ServerResponse, body: string, policy: string, status = 200): void =>
    send(response, status, body, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });

  return {
    show(response, { pathname, searchParams }) {
      const query = {
        text: searchParams.get('q')?.trim() ?? '',
        before: Number(searchParams.get('before')) || undefined,
      };
      if (pathname === '/_local/mailbox.json')
        return sendJson(response, 200, mails.list({ ...query, limit: jsonSize }));
      if (pathname === '/_local/mailbox' || pathname === '/_local/mailbox/') {
        const found = mails.list({ ...query, limit: pageSize + 1 });
        return html(
          response,
          listPage(found.slice(0, pageSize), { ...query, more: found.length > pageSize }),
          pagePolicy,
        );
      }
      const [, id, part] = /^\/_local\/mailbox\/(\d+)(?:\/(html|raw))?$/.exec(pathname) ?? [];
      const mail = id === undefined ? undefined : mails.find(Number(id));
      if (!mail) return html(response, '<!doctype html><p>There is no such mail.', pagePolicy, 404);
      if (part === 'html') return html(response, mail.html, mailPolicy);
      if (part === 'raw')
        return send(response, 200, mail.raw || sourceOf(mail), {
          'content-type': 'text/plain; charset=utf-8',
          'x-content-type-options': 'nosniff',
        });
      html(response, mailPage(mail), pagePolicy);
    },
  };
};

/** A mail that came in parts has no source. */
function sourceOf({ sender, recipients, subject, text }: KeptMail): string {
  return `From: ${sender}\nTo: ${recipients}\nSubject: ${subject}\n\n${text}`;
}
