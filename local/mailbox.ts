import type { ServerResponse } from 'node:http';
import type { HostClock } from './clock.ts';
import { escaped, send, sendJson } from './http-io.ts';
import type { StateStore } from './state-store.ts';

export type Mailbox = {
  /** SES's query protocol: SendEmail and SendRawEmail. */
  accept(response: ServerResponse, form: URLSearchParams): void;
  /** `/_local/mailbox` (page), `.json` (all mails), `/N` (one mail's HTML). */
  show(response: ServerResponse, path: string): void;
};

const address = /^[^\s@<>]+@[^\s@<>]+$|<[^\s@<>]+@[^\s@<>]+>$/;

/** Takes the mails that SES would send. */
export const mailbox = (store: StateStore, clock: HostClock): Mailbox => {
  const insert = store.db.prepare(
    'INSERT INTO mails (at, sender, recipients, subject, text, html, raw) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const all = store.db.prepare('SELECT * FROM mails ORDER BY id DESC LIMIT 500');
  const one = store.db.prepare('SELECT * FROM mails WHERE id = ?');

  return {
    accept(response, form) {
      const action = form.get('Action') ?? '';
      const mail =
        action === 'SendEmail' ? simple(form) : action === 'SendRawEmail' ? raw(form) : undefined;
      if (!mail) return refuse(response, 'InvalidAction', `the local host does not know ${action}`);
      const wrong = [mail.sender, ...mail.recipients].find((entry) => !address.test(entry));
      if (wrong !== undefined || mail.recipients.length === 0)
        return refuse(response, 'InvalidParameterValue', `not an address: ${wrong ?? '(none)'}`);
      const { lastInsertRowid } = insert.run(
        clock.now(),
        mail.sender,
        mail.recipients.join(', '),
        mail.subject,
        mail.text,
        mail.html,
        mail.raw,
      );
      send(
        response,
        200,
        `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result><MessageId>local-${lastInsertRowid}</MessageId></${action}Result><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${action}Response>`,
        { 'content-type': 'text/xml' },
      );
    },

    show(response, path) {
      if (path === '/_local/mailbox.json') return sendJson(response, 200, all.all());
      const [, id] = /^\/_local\/mailbox\/(\d+)$/.exec(path) ?? [];
      const html = id === undefined ? page(all.all()) : String(one.get(id)?.html ?? '');
      send(response, 200, html, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox${id === undefined ? ' allow-top-navigation-by-user-activation' : ''}`,
      });
    },
  };
};

function simple(form: URLSearchParams) {
  const recipients = [...form]
    .filter(([key]) => /^Destination\.(To|Cc|Bcc)Addresses\.member\.\d+$/.test(key))
    .map(([, value]) => value);
  return {
    sender: form.get('Source') ?? '',
    recipients,
    subject: form.get('Message.Subject.Data') ?? '',
    text: form.get('Message.Body.Text.Data') ?? '',
    html: form.get('Message.Body.Html.Data') ?? '',
    raw: '',
  };
}

function raw(form: URLSearchParams) {
  const message = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64').toString('utf8');
  const header = (name: string): string =>
    new RegExp(`^${name}:\\s*(.*(?:\\r?\\n[ \\t].*)*)`, 'im')
      .exec(message)?.[1]
      ?.replace(/\r?\n\s+/g, ' ') ?? '';
  const named = [...form]
    .filter(([key]) => /^Destinations\.member\.\d+$/.test(key))
    .map(([, value]) => value);
  const listed = header('To')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  return {
    sender: form.get('Source') ?? header('From'),
    recipients: named.length > 0 ? named : listed,
    subject: header('Subject'),
    text: message
      .split(/\r?\n\r?\n/)
      .slice(1)
      .join('\n\n'),
    html: '',
    raw: message,
  };
}

function refuse(response: ServerResponse, code: string, message: string): void {
  send(
    response,
    400,
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
    { 'content-type': 'text/xml' },
  );
}

function page(mails: readonly Record<string, unknown>[]): string {
  const rows = mails.map(
    ({ id, at, sender, recipients, subject, text, html }) =>
      `<article><h2>${escaped(String(subject))}</h2><p>${escaped(new Date(Number(at)).toISOString())} · ${escaped(String(sender))} → ${escaped(String(recipients))}${html ? ` · <a href="/_local/mailbox/${id}">HTML</a>` : ''}</p><pre>${escaped(String(text))}</pre></article>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Mailbox</title><style>body{font:16px system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #ccc}pre{white-space:pre-wrap}</style><h1>Mailbox</h1>${rows.join('') || '<p>No mail yet.</p>'}`;
}
