import { fnv } from '../kernel/fnv.ts';
import type { ChannelKind } from './channel.schema.ts';
import type { Delivery } from './notice.schema.ts';

/** Two independent hashes side by side: 64 bits are enough for the receivers of one notice. */
const digest = (text: string): string =>
  [fnv(text), fnv(text, 0x9e3779b9)].map((part) => part.toString(36).padStart(7, '0')).join('');

/** Addresses that reach the same mailbox or telephone: letter case and spaces do not count. */
export const sameAddress = (to: string): string => to.trim().toLowerCase();

/**
 * Same notice, channel and address: same delivery, however often and as whatever (owner, on duty, contact) somebody is
 * named. The address itself is left out, because ids stand in links.
 */
export const deliveryIdOf = (notice: string, channel: ChannelKind, to: string): string =>
  `${notice}~${channel}~${digest(sameAddress(to))}`;

/** The notice that a delivery belongs to, and its place in it. Undefined when it is no delivery id. */
export const partsOfDeliveryId = (
  id: string,
): { readonly notice: string; readonly place: string } | undefined => {
  const [, notice, place] = /^(.+)~([a-z]+~[0-9a-z]{14})$/.exec(id) ?? [];
  return notice === undefined || place === undefined ? undefined : { notice, place };
};

/** What a delivery is queued with; the rest follows from it. */
export type NewDelivery = Pick<
  Delivery,
  'notice' | 'at' | 'env' | 'project' | 'rule' | 'kind' | 'channel' | 'receiver' | 'to' | 'content'
> &
  Partial<Pick<Delivery, 'thread' | 'resendUnconfirmed' | 'maxAttempts'>> & {
    /** It cannot be sent (no address, receiver gone, channel off) and is recorded as failed, so that somebody sees it. */
    readonly refused?: {
      readonly reason: NonNullable<Delivery['reason']>;
      readonly error: string;
    };
  };
