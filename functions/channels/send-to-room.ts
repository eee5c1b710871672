import { Fault } from '../../shared/domain/kernel/fault.ts';
import { type Room, roomChannels } from '../../shared/domain/notice/channel.schema.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { PostJson } from './post-json.ts';
import { roomChannelOf } from './rooms.ts';
import type { SendChannel, SendChannels } from './send-channel.ts';

export type RoomDeps = {
  readonly catalog: Pick<CatalogStore, 'findRoom'>;
  readonly post: PostJson;
  readonly clock: Clock;
};

/**
 * Sends to rooms by name: address and secret are read when something is sent, so that a corrected room serves what waits.
 */
export const sendToRooms = (deps: RoomDeps): Pick<SendChannels, Room['kind']> =>
  Object.fromEntries(roomChannels.map((kind) => [kind, sendToRoom(deps, kind)]));

const sendToRoom =
  ({ catalog, post, clock }: RoomDeps, kind: Room['kind']): SendChannel =>
  async (delivery) => {
    const room = await catalog.findRoom(delivery.to);
    const gone = reasonAgainst(room, kind, delivery.to);
    if (!room || gone) throw gone;
    return roomChannelOf[kind]({ post, clock })(room, delivery);
  };

const reasonAgainst = (
  room: Room | undefined,
  kind: Room['kind'],
  name: string,
): Fault | undefined => {
  if (!room)
    return new Fault('ChannelRefused', `there is no room ${name} any more`, {
      reason: 'receiver-gone',
    });
  if (!room.enabled)
    return new Fault('ChannelRefused', `room ${name} is switched off`, { reason: 'channel-off' });
  return room.kind === kind
    ? undefined
    : new Fault('ChannelRefused', `room ${name} is of kind ${room.kind} by now`, {
        reason: 'receiver-gone',
      });
};
