import type { Room } from './channel.schema.ts';

/** Where the robots of a provider live; `teams` and `webhook` may be anywhere. */
const hosts: Readonly<Partial<Record<Room['kind'], RegExp>>> = {
  dingtalk: /(^|\.)dingtalk\.com$/,
  wecom: /(^|\.)weixin\.qq\.com$/,
  feishu: /(^|\.)(feishu\.cn|larksuite\.com)$/,
  slack: /(^|\.)slack(-gov)?\.com$/,
};

type RoomProblem = { readonly field: 'url' | 'secret'; readonly message: string };

/** The address of a room, taken apart by whoever has a parser of addresses. */
type Address = {
  readonly protocol: string;
  readonly hostname: string;
  readonly username: string;
};

/**
 * What is wrong with a room as a whole; undefined when nothing is. A private address is a gateway of one's own and may
 * stand for any provider.
 */
export const problemOfRoom = (
  { kind, secret, allowPrivate }: Pick<Room, 'kind' | 'secret' | 'allowPrivate'>,
  { protocol, hostname, username }: Address,
): RoomProblem | undefined => {
  if (username !== '') return { field: 'url', message: 'must not hold a user or a password' };
  if (allowPrivate) return undefined;
  if (protocol !== 'https:')
    return {
      field: 'url',
      message: 'must begin with https:// (http only for an address of a private network)',
    };
  const wanted = hosts[kind];
  if (wanted && !wanted.test(hostname))
    return { field: 'url', message: `${hostname} is no host of ${kind}` };
  if (kind === 'webhook' && (secret ?? '') === '')
    return {
      field: 'secret',
      message: 'is missing: without a signature the program cannot tell who posted',
    };
  return undefined;
};
