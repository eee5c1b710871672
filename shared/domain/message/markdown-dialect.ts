import type { ChannelKind } from '../notice/channel.schema.ts';

/** How one kind of room writes markdown, and how much of it a message may have. */
export type MarkdownDialect = {
  /** Text in which nothing is markup, a mention or a link. */
  readonly escape: (text: string) => string;
  readonly bold: (escaped: string) => string;
  readonly link: (escapedLabel: string, url: string) => string;
  readonly bullet: string;
  readonly lineBreak: string;
  /** UTF-8 bytes that the provider takes, with room for what the channel puts around it. */
  readonly bytes: number;
};

/** Neither knows an escape for its signs, so they are replaced by ones that look alike. */
const lookAlikes: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '*': '＊',
  '`': 'ˋ',
  '#': '＃',
  '~': '～',
};
const withLookAlikes = (text: string) =>
  text.replace(/[[\]<>*`#~]/g, (sign) => lookAlikes[sign] ?? sign);

const withEntities = (text: string) =>
  text.replace(/[&<>[\]()*_~`#]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const withBackslashes = (text: string) =>
  text
    .replace(/[\\`*_[\]<>]/g, '\\$&')
    .replace(/^([-+#])/gm, '\\$1')
    .replace(/^(\d+)([.)])/gm, '$1\\$2');

const slackSigns: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const forSlack = (text: string) => text.replace(/[&<>]/g, (sign) => slackSigns[sign] ?? sign);

const safeUrl = (url: string) =>
  url.replace(/[()<>|[\]\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

const common = {
  bold: (text: string) => `**${text}**`,
  link: (label: string, url: string) => `[${label}](${safeUrl(url)})`,
  bullet: '- ',
  lineBreak: '\n',
} as const;

const plain: MarkdownDialect = {
  ...common,
  escape: withBackslashes,
  lineBreak: '\n\n',
  bytes: 20_000,
};

const dialects: Readonly<Partial<Record<ChannelKind, MarkdownDialect>>> = {
  dingtalk: { ...common, escape: withLookAlikes, lineBreak: '\n\n', bytes: 16_000 },
  wecom: { ...common, escape: withLookAlikes, bytes: 3_800 },
  feishu: { ...common, escape: withEntities, bytes: 16_000 },
  slack: {
    escape: forSlack,
    bold: (text) => `*${text}*`,
    link: (label, url) => `<${safeUrl(url)}|${label.replaceAll('|', '¦')}>`,
    bullet: '• ',
    lineBreak: '\n',
    bytes: 12_000,
  },
  teams: plain,
};

export const dialectOf = (channel: ChannelKind): MarkdownDialect => dialects[channel] ?? plain;
