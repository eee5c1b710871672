import { createHmac } from 'node:crypto';
import { markdownOf, type RoomChannel } from './room-channel.ts';
import { codeOf, faultOfStatus, refused, throttled } from './room-faults.ts';

/** Base64 of HMAC-SHA256 over nothing, with `<seconds>\n<secret>` as the key. */
const feishuSign = (timestampSeconds: number, secret: string): string =>
  createHmac('sha256', `${timestampSeconds}\n${secret}`).update('').digest('base64');

/** More than five a second or a hundred a minute. */
const tooMany = new Set([11232, 99991400]);

const advice: Readonly<Record<number, string>> = {
  19001: 'there is no such robot; copy its address again',
  19021: 'the signature does not match; check the secret of the room',
  19022: 'its address list does not have this installation',
  19024: 'the message has none of the keywords of the robot',
};

/** A robot of a Feishu or Lark group. */
export const feishu: RoomChannel =
  ({ post, clock }) =>
  async (room, message) => {
    const timestamp = Math.floor(Date.parse(clock()) / 1000);
    const signed = room.secret
      ? { timestamp: String(timestamp), sign: feishuSign(timestamp, room.secret) }
      : {};
    const card = {
      config: { wide_screen_mode: true },
      header: { title: { tag: 'plain_text', content: message.content.subject } },
      elements: [{ tag: 'markdown', content: markdownOf(message) }],
    };
    const body = { ...signed, msg_type: 'interactive', card };
    const answer = await post({ url: room.url, body }, room);

    const { code, text } = codeOf(answer, ['code', 'msg']);
    // 9499 is every bad request; the text tells a hasty one from a wrong one.
    if (code !== undefined && (tooMany.has(code) || (code === 9499 && /too many/i.test(text))))
      throw throttled('feishu', `${text} (${code})`, answer.retryAfterSeconds ?? 60);
    const fault = code ? undefined : faultOfStatus('feishu', answer);
    if (fault) throw fault;
    if (code === 0) return {};
    throw refused(
      'feishu',
      `${text} (${code ?? '?'})${advice[code ?? 0] ? `: ${advice[code ?? 0]}` : ''}`,
    );
  };
