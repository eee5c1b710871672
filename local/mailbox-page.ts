import { escaped } from './http-io.ts';
import type { KeptMail } from './mails.ts';

type Listing = {
  readonly text: string;
  readonly before: number | undefined;
  readonly more: boolean;
};

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8886; vertical-align: top; overflow-wrap: anywhere; }
th:first-child, td:first-child { white-space: nowrap; }
form { display: flex; gap: .5rem; margin: 1rem 0; }
input { flex: 1; font: inherit; padding: .3rem .6rem; min-width: 0; }
button { font: inherit; }
iframe { width: 100%; height: 60vh; border: 1px solid #8886; background: #fff; resize: vertical; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8886; padding: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
nav { margin: 1rem 0; }`;

/** A page of mails, the newest first. */
export const listPage = (found: readonly KeptMail[], { text, before, more }: Listing): string => {
  const last = found.at(-1);
  const rows = found.map(
    ({ id, at, recipients, subject }) =>
      `<tr><td>${timeOf(at)}</td><td>${escaped(recipients)}</td><td><a href="/_local/mailbox/${id}">${escaped(subject) || '(no subject)'}</a></td></tr>`,
  );
  const empty = text === '' ? 'No mail yet.' : `No mail with “${escaped(text)}”.`;
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>
<p>Mails that Nightshift would have sent. They never left this machine. <a href="/_local/messages">Text messages, calls and rooms</a></p>
<form action="/_local/mailbox" role="search"><input type="search" name="q" aria-label="Search mails" placeholder="Subject, text or address" value="${escaped(text)}"><button>Search</button></form>
${found.length === 0 ? `<p>${empty}</p>` : `<table><thead><tr><th scope="col">Time</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`}
<nav aria-label="Pages">${before === undefined ? '' : `<a href="${linkTo(text)}">Newest</a> `}${more && last ? `<a href="${linkTo(text, last.id)}">Older</a>` : ''}</nav>`,
  );
};

/** One mail: who, what, as a mail program shows it and as text. */
export const mailPage = ({ id, at, sender, recipients, subject, text, html }: KeptMail): string =>
  page(
    subject,
    `<nav><a href="/_local/mailbox">Mailbox</a> · <a href="/_local/mailbox/${id}/raw">Source</a>${html === '' ? '' : ` · <a href="/_local/mailbox/${id}/html">HTML alone</a>`}</nav>
<h1>${escaped(subject) || '(no subject)'}</h1>
<dl><dt>From</dt><dd>${escaped(sender)}</dd><dt>To</dt><dd>${escaped(recipients)}</dd><dt>Sent</dt><dd>${timeOf(at)}</dd></dl>
${html === '' ? '' : `<h2>HTML</h2><iframe title="HTML of the mail" src="/_local/mailbox/${id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`}
<h2>Text</h2><pre>${escaped(text) || '(none)'}</pre>`,
  );

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style><body>${body}</body></html>`;
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function linkTo(text: string, before?: number): string {
  const query = new URLSearchParams({
    ...(text !== '' && { q: text }),
    ...(before !== undefined && { before: String(before) }),
  });
  return escaped(`/_local/mailbox?${query}`);
}
