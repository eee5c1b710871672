import type { Contact } from '../contact/contact.schema.ts';
import { dutyAt } from '../duty/duty-at.ts';
import type { DutySchedule } from '../duty/duty-schedule.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { type ChannelKind, phoneChannels, type Room } from './channel.schema.ts';
import type { Receiver } from './receivers.schema.ts';

/** One address to write to by one channel, or why there is none. */
export type Addressed = {
  readonly channel: ChannelKind;
  readonly receiver: {
    readonly type: 'contact' | 'owner' | 'duty' | 'room';
    readonly name: string;
    readonly schedule?: string | undefined;
  };
  /** Address, number or name of the room; '' when there is none. */
  readonly to: string;
  readonly reason?: 'no-address' | 'receiver-gone' | 'channel-off' | undefined;
  /** Why there is none, in words. */
  readonly error?: string | undefined;
};

/** Who could be reached at that moment, as the catalog says. */
export type Directory = {
  readonly contacts: readonly Contact[];
  readonly duties: ReadonlyMap<string, DutySchedule>;
  readonly rooms: ReadonlyMap<
    string,
    Pick<Room, 'kind' | 'enabled'> & Partial<Pick<Room, 'language'>>
  >;
  /** Channels that are set up. */
  readonly channels: readonly ChannelKind[];
};

type Telling = {
  readonly receivers: readonly Receiver[];
  readonly channels: readonly ChannelKind[];
  /** Owner of what it is about: a user. */
  readonly owner?: string | undefined;
  /** Nobody has answered: the backup on duty is told, too. */
  readonly escalated?: boolean | undefined;
};

/**
 * The concrete people and rooms that a message goes to at an instant (N79): each address once for each channel, however
 * many receivers lead to it, and for each of those without an address an entry that says why.
 */
export const receiversAt = (
  telling: Telling,
  directory: Directory,
  now: Instant,
): readonly Addressed[] => {
  const people = telling.receivers.flatMap((receiver) =>
    peopleOf(receiver, telling, directory, now),
  );
  const found = telling.channels.flatMap((channel) =>
    people.flatMap((person) => addressed(person, channel, directory)),
  );
  return [
    ...new Map(found.map((each) => [keyOf(each), each] as const).toReversed()).values(),
  ].toReversed();
};

type Person = {
  readonly receiver: Addressed['receiver'];
  readonly contact?: Contact | undefined;
  /** Why there is no such person. */
  readonly gone?: string | undefined;
};

const peopleOf = (
  receiver: Receiver,
  { owner, escalated }: Telling,
  directory: Directory,
  now: Instant,
): readonly Person[] => {
  switch (receiver.kind) {
    case 'room':
      return [{ receiver: { type: 'room', name: receiver.name } }];
    case 'contact':
      return [personOf({ type: 'contact', name: receiver.name }, directory)];
    case 'owner':
      return [ownerOf(owner, directory)];
    case 'duty': {
      const { name } = receiver;
      const schedule = directory.duties.get(name);
      const nobody = (gone: string): readonly Person[] => [
        { receiver: { type: 'duty', name, schedule: name }, gone },
      ];
      if (!schedule) return nobody(`there is no on-duty schedule ${name}`);
      const { within, shift, outside } = dutyAt(schedule, now);
      if (!within) {
        if (outside?.kind === 'owner') return [ownerOf(owner, directory)];
        return outside
          ? [personOf({ type: 'duty', name: outside.name, schedule: name }, directory)]
          : nobody(`nobody is on duty at this hour by ${name}`);
      }
      if (!shift) return nobody(`duty by ${name} has not begun`);
      const backup = escalated && shift.backup !== undefined ? [shift.backup] : [];
      return [shift.primary, ...shift.others, ...backup].map((person) =>
        personOf({ type: 'duty', name: person, schedule: name }, directory),
      );
    }
  }
};

const personOf = (receiver: Addressed['receiver'], { contacts }: Directory): Person => {
  const contact = contacts.find(({ name }) => name === receiver.name);
  return contact
    ? { receiver, contact }
    : { receiver, gone: `there is no contact ${receiver.name}` };
};

const ownerOf = (owner: string | undefined, { contacts }: Directory): Person => {
  if (owner === undefined)
    return {
      receiver: { type: 'owner', name: '' },
      gone: 'neither the task nor its workflow has an owner',
    };
  const receiver = { type: 'owner', name: owner } as const;
  const contact = contacts.find(({ user }) => user === owner);
  return contact ? { receiver, contact } : { receiver, gone: `no contact is of the user ${owner}` };
};

const addressed = (
  { receiver, contact, gone }: Person,
  channel: ChannelKind,
  { rooms, channels }: Directory,
): readonly Addressed[] => {
  const isRoom = receiver.type === 'room';
  const room = isRoom ? rooms.get(receiver.name) : undefined;
  const byPerson = channel === 'mail' || phoneChannels.includes(channel);
  // A room takes the channel of its kind only, a person none of the rooms'.
  if (isRoom ? room !== undefined && room.kind !== channel : !byPerson) return [];
  if (isRoom && room === undefined && byPerson) return [];

  const none = (reason: Addressed['reason'], error: string): readonly Addressed[] => [
    { channel, receiver, to: '', reason, error },
  ];
  if (isRoom && !room) return none('receiver-gone', `there is no room ${receiver.name}`);
  if (room && !room.enabled) return none('channel-off', `room ${receiver.name} is switched off`);
  if (!channels.includes(channel)) return none('channel-off', `${channel} is not set up`);
  if (room) return [{ channel, receiver, to: receiver.name }];
  if (gone !== undefined || !contact)
    return none('receiver-gone', gone ?? 'there is no such contact');

  const to = channel === 'mail' ? contact.email : contact.phone;
  return to === undefined
    ? none(
        'no-address',
        `contact ${contact.name} has no ${channel === 'mail' ? 'mail address' : 'phone number'}`,
      )
    : [{ channel, receiver, to }];
};

/** Same address, same message; who has none is told apart by name. */
const keyOf = ({ channel, to, receiver }: Addressed): string =>
  to === ''
    ? `${channel}#${receiver.type}#${receiver.name}#${receiver.schedule ?? ''}`
    : `${channel}#${channel === 'mail' ? to.toLowerCase() : to}`;
