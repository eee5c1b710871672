import type { Contact } from '../contact/contact.schema.ts';
import { type ChannelKind, phoneChannels, type Room, roomChannels } from './channel.schema.ts';
import type { Receiver } from './receivers.schema.ts';

/** One field of a rule that is wrong; `path` is within the rule. */
export type RuleProblem = { readonly path: string; readonly message: string };

/** Whom and by what rules may tell at present. */
export type Reach = {
  readonly channels: readonly ChannelKind[];
  readonly contacts: ReadonlyMap<string, Pick<Contact, 'email' | 'phone'>>;
  readonly rooms: ReadonlyMap<string, Pick<Room, 'kind' | 'enabled'>>;
  readonly duties: ReadonlySet<string>;
};

type Telling = {
  readonly channels: readonly ChannelKind[];
  readonly receivers: readonly Receiver[];
};

/**
 * All that is wrong with whom a rule tells and how: each channel is set up and has somebody to reach, each receiver exists
 * and can be reached by each channel chosen for people (W33). Who is on duty or owns a task changes, so their addresses
 * are looked at when a notice is sent. `at` are the names of both fields in the rule.
 */
export const checkReceivers = (
  { channels, receivers }: Telling,
  reach: Reach,
  at: { readonly channels: string; readonly receivers: string },
): readonly RuleProblem[] => [
  ...channels.flatMap((channel, n) =>
    problemsOf(`${at.channels}[${n}]`, channelProblem(channel, n, channels, receivers, reach)),
  ),
  ...receivers.flatMap((receiver, n) =>
    problemsOf(`${at.receivers}[${n}]`, receiverProblem(receiver, n, channels, receivers, reach)),
  ),
];

const problemsOf = (path: string, message: string | undefined): RuleProblem[] =>
  message === undefined ? [] : [{ path, message }];

const channelProblem = (
  channel: ChannelKind,
  n: number,
  channels: readonly ChannelKind[],
  receivers: readonly Receiver[],
  { channels: setUp, rooms }: Reach,
): string | undefined => {
  if (channels.indexOf(channel) < n) return `names ${channel} twice`;
  if (!setUp.includes(channel))
    return `${channel} is not set up; choose ${setUp.join(' or ')}, or ask an administrator to set it up`;
  if (isRoomChannel(channel))
    return receivers.some(
      (receiver) => receiver.kind === 'room' && rooms.get(receiver.name)?.kind === channel,
    )
      ? undefined
      : `${channel} posts to rooms: name a ${channel} room among the receivers`;
  return receivers.some(({ kind }) => kind !== 'room')
    ? undefined
    : `${channel} reaches people: name a contact, the owner or an on-duty schedule among the receivers`;
};

const receiverProblem = (
  receiver: Receiver,
  n: number,
  channels: readonly ChannelKind[],
  receivers: readonly Receiver[],
  { contacts, rooms, duties }: Reach,
): string | undefined => {
  if (receivers.findIndex((other) => sameReceiver(other, receiver)) < n)
    return `names ${textOf(receiver)} twice`;
  switch (receiver.kind) {
    case 'owner':
      return undefined;
    case 'duty':
      return duties.has(receiver.name)
        ? undefined
        : `there is no on-duty schedule ${receiver.name}`;
    case 'room': {
      const room = rooms.get(receiver.name);
      if (!room) return `there is no room ${receiver.name}`;
      if (!room.enabled) return `room ${receiver.name} is switched off`;
      return channels.includes(room.kind)
        ? undefined
        : `room ${receiver.name} is reached by ${room.kind}, which is not among the channels`;
    }
    case 'contact': {
      const contact = contacts.get(receiver.name);
      if (!contact) return `there is no contact ${receiver.name}`;
      if (channels.includes('mail') && contact.email === undefined)
        return `contact ${receiver.name} has no mail address, which mail needs; add one or leave it out`;
      const byPhone = channels.find((channel) => phoneChannels.includes(channel));
      if (byPhone !== undefined && contact.phone === undefined)
        return `contact ${receiver.name} has no phone number, which ${byPhone} needs; add one or leave it out`;
      return undefined;
    }
  }
};

const isRoomChannel = (channel: ChannelKind): boolean =>
  roomChannels.some((kind) => kind === channel);

const sameReceiver = (a: Receiver, b: Receiver): boolean =>
  a.kind === b.kind && (a.kind === 'owner' || b.kind === 'owner' || a.name === b.name);

const textOf = (receiver: Receiver): string =>
  receiver.kind === 'owner' ? 'the owner' : `${receiver.kind} ${receiver.name}`;
