import { createHmac } from 'node:crypto';
import type { RoomChannel } from './room-channel.ts';
import { faultOfStatus } from './room-faults.ts';

/** Hexadecimal HMAC-SHA256 over `<seconds>.<body>`: the body as it came, byte for byte. */
export const webhookSign = (timestampSeconds: number, body: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestampSeconds}.${body}`).digest('hex');

/**
 * A program of one's own. `x-nightshift-signature: t=<seconds>,v1=<hex>` proves who posts and when;
 * `idempotency-key` is the same whenever the same delivery is tried again.
 */
export const webhook: RoomChannel =
  ({ post, clock }) =>
  async (room, message) => {
    const { subject, text, payload } = message.content;
    const body = { delivery: message.id, ...(payload ? Object(payload) : { subject, text }) };
    const timestamp = Math.floor(Date.parse(clock()) / 1000);
    const signature: Readonly<Record<string, string>> = room.secret
      ? {
          'x-nightshift-signature': `t=${timestamp},v1=${webhookSign(timestamp, JSON.stringify(body), room.secret)}`,
        }
      : {};
    const headers = { 'idempotency-key': headerSafe(message.id), ...signature };
    const answer = await post({ url: room.url, body, headers }, room);
    const fault = faultOfStatus('webhook', answer);
    if (fault) throw fault;
    return {};
  };

/** Ids hold only letters that a header takes; whatever else somebody put in one is written as in an address. */
const headerSafe = (id: string): string =>
  id.replace(/[^\x21-\x7E]/g, (sign) => encodeURIComponent(sign.toWellFormed()));
