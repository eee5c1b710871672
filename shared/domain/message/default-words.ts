import type { ChannelKind } from '../notice/channel.schema.ts';
import type { MessageWords } from '../notice/message-template.schema.ts';

const mail: MessageWords = {
  subject: '[{project}] {headline}',
  body: '{summary}\n\n{error}\n{items}\n{actions}\n{facts}',
};
const room: MessageWords = { ...mail, subject: '{headline}' };

/**
 * The words built in. They are the same for every kind and language, because what differs is in `{headline}` and
 * `{summary}`.
 */
export const defaultWords: Readonly<Record<ChannelKind, MessageWords>> = {
  mail,
  sms: { subject: '{headline}', body: '[{project}] {headline} {error} {link}' },
  voice: { subject: '{headline}', body: '{summary} {error}' },
  dingtalk: room,
  wecom: room,
  feishu: room,
  slack: room,
  teams: room,
  webhook: room,
};
