import type { AlertEvent } from '../../shared/domain/alert/alert-event.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Language } from '../../shared/domain/notice/language.schema.ts';
import { selectableChannels } from '../../shared/domain/notice/notify-settings.schema.ts';
import type { Receiver } from '../../shared/domain/notice/receivers.schema.ts';
import {
  type Addressed,
  type Directory,
  receiversAt,
} from '../../shared/domain/notice/receivers-at.ts';
import type { Telling } from './find-telling.ts';
import type { TellDeps } from './tell-deps.ts';

/** A receiver of a message, and the language of what is written to it. */
export type Person = Addressed & { readonly language: Language };

export type FindPeople = {
  /** Who that is at an instant, by name (N79). */
  readonly at: (
    telling: Telling,
    who: {
      readonly receivers: readonly Receiver[];
      readonly owner: string | undefined;
      readonly escalated?: boolean;
    },
    now: Instant,
  ) => Promise<readonly Person[]>;
  readonly inTheirLanguage: (addressed: readonly Addressed[]) => Promise<readonly Person[]>;
  readonly namesOf: (
    telling: Telling,
    owner: string | undefined,
    now: Instant,
  ) => Promise<AlertEvent['receivers']>;
};

const mostNames = 50;

/** Reads contacts, schedules and rooms when the first message needs them, once for its batch. */
export const peopleFinder = ({ catalog }: Pick<TellDeps, 'catalog'>): FindPeople => {
  let known: Promise<Directory> | undefined;
  const directory = (): Promise<Directory> => {
    known ??= readDirectory(catalog);
    return known;
  };
  const names = new Map<string, Promise<AlertEvent['receivers']>>();

  const find: FindPeople = {
    async at({ channels }, who, now) {
      return find.inTheirLanguage(receiversAt({ channels, ...who }, await directory(), now));
    },
    async inTheirLanguage(addressed) {
      const { contacts, rooms } = await directory();
      const readerOf = ({ receiver: { type, name } }: Addressed) =>
        type === 'room'
          ? rooms.get(name)
          : contacts.find((contact) => (type === 'owner' ? contact.user : contact.name) === name);
      const languageOf = (addressed: Addressed): Language => readerOf(addressed)?.language ?? 'en';
      return addressed.map((each) => ({ ...each, language: languageOf(each) }));
    },
    namesOf(telling, owner, now) {
      const key = `${telling.rule.kind} ${telling.rule.project} ${telling.rule.name} ${owner ?? ''}`;
      const found = names.get(key) ?? find.at(telling, { ...telling, owner }, now).then(namesIn);
      names.set(key, found);
      return found;
    },
  };
  return find;
};

const readDirectory = async (catalog: TellDeps['catalog']): Promise<Directory> => {
  const [contacts, duties, rooms, settings] = await Promise.all([
    catalog.allContacts(),
    catalog.allDuties(),
    catalog.allRooms(),
    catalog.notifySettings(),
  ]);
  return {
    contacts,
    duties: new Map(duties.map((duty) => [duty.name, duty])),
    rooms: new Map(rooms.map((room) => [room.name, room])),
    channels: selectableChannels({ settings, rooms }),
  };
};

/** Each once, whatever the channel. */
const namesIn = (people: readonly Person[]): AlertEvent['receivers'] =>
  [
    ...new Map(
      people
        .filter(({ receiver: { name } }) => name !== '')
        .map(({ receiver: { type, name } }) => [`${type} ${name}`, { type, name }]),
    ).values(),
  ].slice(0, mostNames);
