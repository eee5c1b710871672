import type { Reach } from '../../shared/domain/notice/check-receivers.ts';
import { selectableChannels } from '../../shared/domain/notice/notify-settings.schema.ts';
import type { Receiver } from '../../shared/domain/notice/receivers.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/** Whom and by what rules may tell now: what is set up, and of `receivers` those that exist. */
export const reachOf = async (
  catalog: CatalogStore,
  receivers: readonly Receiver[],
): Promise<Reach> => {
  const names = receivers.flatMap((each) => (each.kind === 'contact' ? [each.name] : []));
  const [settings, rooms, duties, contacts] = await Promise.all([
    catalog.notifySettings(),
    catalog.allRooms(),
    receivers.some(({ kind }) => kind === 'duty') ? catalog.allDuties() : [],
    names.length > 0 ? catalog.findContacts([...new Set(names)]) : [],
  ]);
  return {
    channels: selectableChannels({ settings, rooms }),
    contacts: new Map(contacts.map((contact) => [contact.name, contact])),
    rooms: new Map(rooms.map((room) => [room.name, room])),
    duties: new Set(duties.map(({ name }) => name)),
  };
};

/** The channels that rules may name now, mail first. */
export const channelsNow = async (catalog: CatalogStore) => {
  const [settings, rooms] = await Promise.all([catalog.notifySettings(), catalog.allRooms()]);
  return [...selectableChannels({ settings, rooms })];
};
