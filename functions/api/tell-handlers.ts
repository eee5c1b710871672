import { postJsonWith } from '../channels/post-json.ts';
import { type TryRoom, tryRoomWith } from '../channels/try-room.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { writeActionLinks } from './action-links.ts';
import type { ApiStores } from './api-stores.ts';
import { writeAlertRules } from './write-alert-rules.ts';
import { writeAlerts } from './write-alerts.ts';
import { writeContacts } from './write-contacts.ts';
import { writeDuty } from './write-duty.ts';
import { writeIncidents } from './write-incidents.ts';
import { writeNotices } from './write-notices.ts';
import { writeNotificationRules } from './write-notification-rules.ts';
import { writeRooms } from './write-rooms.ts';
import { writeTemplates } from './write-templates.ts';

/** What changes who is told what, by which way and in which words; it moves no instance. */
export const tellHandlers = (
  stores: ApiStores,
  tryRoom: TryRoom = tryRoomWith(postJsonWith()),
): ApiHandlers<'tell'> => ({
  ...writeIncidents(stores),
  ...writeAlerts(stores),
  ...writeNotices(stores),
  ...writeNotificationRules(stores),
  ...writeAlertRules(stores),
  ...writeDuty(stores),
  ...writeContacts(stores),
  ...writeRooms(stores, tryRoom),
  ...writeTemplates(stores),
  ...writeActionLinks(stores),
});
