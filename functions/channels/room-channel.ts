import type { Room } from '../../shared/domain/notice/channel.schema.ts';
import type { Delivery } from '../../shared/domain/notice/notice.schema.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { PostJson } from './post-json.ts';
import type { Sent } from './send-channel.ts';

/** What a post to a room is made of. */
type RoomPost = Pick<Delivery, 'id' | 'content'>;

type RoomChannelDeps = { readonly post: PostJson; readonly clock: Clock };

/** Posts to a room of one kind. Errors are those of `SendChannel`. */
export type RoomChannel = (
  deps: RoomChannelDeps,
) => (
  room: Pick<Room, 'kind' | 'url' | 'secret' | 'allowPrivate'>,
  message: RoomPost,
) => Promise<Sent>;

/** The text for people of a room: the markdown of its provider, else the plain text. */
export const markdownOf = ({ content }: RoomPost): string => content.markdown ?? content.text;
