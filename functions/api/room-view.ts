import type { RoomView } from '../../shared/contracts/api/room-routes.ts';
import type { Room } from '../../shared/domain/notice/channel.schema.ts';

/**
 * A room as the API shows it. Path and query of an address are the secret of most providers: what is left is its host and
 * its last four characters, enough to tell two rooms apart.
 */
export const roomView = ({ url, secret, ...room }: Room & { readonly rev: number }): RoomView => ({
  ...room,
  address: addressOf(url),
  signed: secret !== undefined && secret !== '',
});

const addressOf = (text: string): string => {
  const url = new URL(text);
  const hidden = `${url.pathname}${url.search}`;
  return `${url.origin}/…${hidden.length > 12 ? hidden.slice(-4) : ''}`;
};
