import { markdownOf, type RoomChannel } from './room-channel.ts';
import { codeOf, faultOfStatus, refused, throttled } from './room-faults.ts';

/** -1: busy; 45009, 45033: more than 20 a minute, or too many at once. */
const transient = new Set([-1, 45009, 45033]);

/** A robot of a WeCom group: no signature, its key is part of the address. */
export const wecom: RoomChannel =
  ({ post }) =>
  async (room, message) => {
    const content = `**${message.content.subject}**\n${markdownOf(message)}`;
    const body = { msgtype: 'markdown', markdown: { content } };
    const answer = await post({ url: room.url, body }, room);
    const fault = faultOfStatus('wecom', answer);
    if (fault) throw fault;

    const { code, text } = codeOf(answer, ['errcode', 'errmsg']);
    if (code === 0) return {};
    if (code !== undefined && transient.has(code))
      throw throttled('wecom', `${text} (${code})`, code === -1 ? undefined : 60);
    throw refused(
      'wecom',
      code === 93000
        ? `${text} (93000): there is no such robot; copy its address again`
        : `${text} (${code ?? '?'})`,
    );
  };
