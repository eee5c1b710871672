import { createHmac } from 'node:crypto';
import type { RoomChannel } from './room-channel.ts';
import { markdownOf } from './room-channel.ts';
import { codeOf, faultOfStatus, refused, throttled } from './room-faults.ts';

/** Base64 of HMAC-SHA256 with the secret as key over `<ms>\n<secret>`. */
const dingtalkSign = (timestampMs: number, secret: string): string =>
  createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');

/** -1: busy; 130101, 410100: more than 20 a minute, and the robot is deaf for ten minutes. */
const deafSeconds = 600;
const transient: ReadonlyMap<number, number | undefined> = new Map([
  [-1, undefined],
  [130101, deafSeconds],
  [410100, deafSeconds],
]);

/** A robot of a DingTalk group. It answers 200 whatever happened; `errcode` says what. */
export const dingtalk: RoomChannel =
  ({ post, clock }) =>
  async (room, message) => {
    const url = new URL(room.url);
    if (room.secret) {
      const timestamp = Date.parse(clock());
      url.searchParams.set('timestamp', String(timestamp));
      url.searchParams.set('sign', dingtalkSign(timestamp, room.secret));
    }
    const { subject } = message.content;
    const body = {
      msgtype: 'markdown',
      markdown: { title: subject, text: `### ${subject}\n\n${markdownOf(message)}` },
    };
    const answer = await post({ url: url.href, body }, room);
    const fault = faultOfStatus('dingtalk', answer);
    if (fault) throw fault;

    const { code, text } = codeOf(answer, ['errcode', 'errmsg']);
    if (code === 0) return {};
    if (code !== undefined && transient.has(code))
      throw throttled('dingtalk', `${text} (${code})`, transient.get(code));
    throw refused('dingtalk', code === 310000 ? securityAdvice(text) : `${text} (${code ?? '?'})`);
  };

/** 310000 stands for a wrong signature, a missing keyword and an address that is not listed. */
const securityAdvice = (text: string): string =>
  `${text} (310000); check the secret, the keywords and the addresses in the security settings of the robot`;
