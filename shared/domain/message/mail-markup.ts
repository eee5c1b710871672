import type { MessageParts } from './message-parts.ts';

export type MailTone = MessageParts['tone'];

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or between the quotes of an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const tones = { bad: '#b3261e', good: '#1e6b34', neutral: '#0b5cad' } as const;
const sans = "font-family:Arial,'Helvetica Neue',Helvetica,'Microsoft YaHei',sans-serif";
const mono = "font-family:Consolas,Menlo,'Courier New',monospace";
/** Long words break wherever they must; both names, since clients know one or the other. */
const breakable = 'word-break:break-word;overflow-wrap:anywhere';

const kinds = {
  lead: `margin:0;font-size:16px;line-height:24px;color:#1b1f24;${breakable}`,
  note: `margin:0;padding:8px 12px;font-size:14px;line-height:20px;color:#5c3c00;background-color:#fff4d6;${breakable}`,
  label: `margin:0 0 4px 0;font-size:13px;line-height:18px;color:#57606a;${breakable}`,
  code: `margin:0;padding:8px 12px;font-size:13px;line-height:19px;color:#1b1f24;background-color:#f2f4f7;${mono};${breakable}`,
  item: `margin:0 0 6px 0;font-size:14px;line-height:20px;color:#1b1f24;${breakable}`,
  more: `margin:0;font-size:14px;line-height:20px;color:#57606a;${breakable}`,
} as const;

/** A paragraph of escaped HTML. */
export const paragraph = (html: string, kind: keyof typeof kinds): string =>
  `<p class="${kind}" style="${kinds[kind]}">${html}</p>`;

/** A row of the letter. */
export const section = (html: string): string =>
  `<tr><td style="padding:0 24px 16px 24px;${sans}">${html}</td></tr>`;

/** Names and values; the columns keep their width, so that no value pushes the letter wider than the screen. */
export const rowsTable = (rows: readonly (readonly [string, string])[]): string =>
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;border-collapse:collapse;table-layout:fixed">${rows
    .map(
      ([name, value]) =>
        `<tr><td class="name" width="34%" valign="top" style="width:34%;padding:4px 8px 4px 0;font-size:14px;line-height:20px;color:#57606a;${sans};${breakable}">${name}</td><td class="value" valign="top" style="padding:4px 0;font-size:14px;line-height:20px;color:#1b1f24;${sans};${breakable}">${value}</td></tr>`,
    )
    .join('')}</table>`;

/** A link that looks like a button: a table cell with a colour, which every client draws. */
export const button = (label: string, url: string, main: boolean): string => {
  const [ground, ink, line] = main
    ? ['#0b5cad', '#ffffff', '#0b5cad']
    : ['#ffffff', '#0b5cad', '#8c959f'];
  const name = main ? 'button main' : 'button';
  return `<table role="presentation" class="${name}" align="left" cellpadding="0" cellspacing="0" border="0" style="margin:0 8px 8px 0"><tr><td bgcolor="${ground}" style="background-color:${ground};border:1px solid ${line}"><a href="${url}" style="display:inline-block;padding:9px 14px;font-size:14px;line-height:20px;color:${ink};text-decoration:none;${sans}">${label}</a></td></tr></table>`;
};

type Letter = {
  readonly language: string;
  readonly tone: MailTone;
  readonly title: string;
  readonly preheader: string;
  readonly headline: string;
  readonly body: string;
  readonly footer: string;
};

/** Only additions: a client that drops this still draws the whole letter. */
const styles = `:root{color-scheme:light dark}@media (max-width:480px){.pad{padding:0!important}}@media (prefers-color-scheme:dark){.page{background-color:#14171a!important}.card{background-color:#1f2428!important}.lead,.item,.value,.code{color:#e6e9ec!important}.label,.more,.name,.foot{color:#a9b1ba!important}.code{background-color:#14171a!important}.note{color:#ffe1a1!important;background-color:#463507!important}.link{color:#7ab8ff!important}}`;

/** Outlook on Windows knows no `max-width`: a table that only it sees keeps the letter at 600 px. */
const outlookOpen =
  '<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->';
const outlookClose = '<!--[if mso]></td></tr></table><![endif]-->';

/** The whole document. What it is given is escaped. */
export const frame = ({
  language,
  tone,
  title,
  preheader,
  headline,
  body,
  footer,
}: Letter): string =>
  [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title><style>${styles}</style></head>`,
    '<body class="page" style="margin:0;padding:0;background-color:#eef1f4">',
    `<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#eef1f4">${preheader}</div>`,
    '<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#eef1f4" style="width:100%;background-color:#eef1f4"><tr><td class="pad" align="center" style="padding:16px">',
    outlookOpen,
    '<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:100%;max-width:600px;background-color:#ffffff;table-layout:fixed">',
    `<tr><td bgcolor="${tones[tone]}" style="padding:14px 24px;background-color:${tones[tone]};${sans}"><h1 style="margin:0;font-size:18px;line-height:26px;font-weight:bold;color:#ffffff;${breakable}">${headline}</h1></td></tr>`,
    '<tr><td height="16" style="height:16px;font-size:1px;line-height:16px">&nbsp;</td></tr>',
    body,
    `<tr><td style="padding:0 24px 20px 24px;${sans}"><p class="foot" style="margin:0;font-size:12px;line-height:18px;color:#57606a;${breakable}">${footer}</p></td></tr>`,
    `</table>${outlookClose}</td></tr></table></body></html>`,
  ].join('\n');
