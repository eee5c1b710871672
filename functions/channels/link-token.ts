import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { ActionLink } from '../../shared/domain/notice/action-link.schema.ts';
import {
  keyNamed,
  type LinkKey,
  type LinkKeys,
} from '../../shared/domain/notice/link-keys.schema.ts';

/** Same notice, same action: the same link, however often the message is composed. */
export const linkIdOf = (notice: string, action: string): string =>
  createHash('sha256').update(`${notice}\n${action}`).digest('base64url').slice(0, 22);

/** `<key>.<what it says>.<signature>`, all of it in the letters of base64url. */
export const signLink = ({ id, secret }: LinkKey, link: ActionLink): string => {
  const said = `${id}.${Buffer.from(JSON.stringify(link)).toString('base64url')}`;
  return `${said}.${signatureOf(secret, said)}`;
};

/**
 * What a link says, when one of our keys signed it. The signature is compared as text, since two texts of base64 may stand
 * for the same bytes and any altered letter is to be refused.
 */
export const readLink = (
  keys: LinkKeys | undefined,
  token: string,
  now: Instant,
): ActionLink | undefined => {
  const [id = '', payload = '', signature = '', ...more] = token.split('.');
  const key = keys && keyNamed(keys, id, now);
  if (!key || more.length > 0) return undefined;
  const expected = Buffer.from(signatureOf(key.secret, `${id}.${payload}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return ActionLink.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
};

const signatureOf = (secret: string, said: string): string =>
  createHmac('sha256', secret).update(said).digest('base64url');
