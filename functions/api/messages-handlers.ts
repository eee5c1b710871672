import type { ApiHandlers } from '../edge/api.ts';
import { openActionLink } from './action-links.ts';
import type { ApiStores } from './api-stores.ts';
import { readAlerts } from './read-alerts.ts';
import { listContacts } from './read-contacts.ts';
import { readDuty } from './read-duty.ts';
import { readIncidents } from './read-incidents.ts';
import { readMailStatus } from './read-mail-status.ts';
import { readNotices } from './read-notices.ts';
import { listRooms } from './read-rooms.ts';
import { readRules } from './read-rules.ts';
import { previewMessage, readTemplates } from './read-templates.ts';

/** What looks at what people are told, who is told it, and what became of it. */
export const messagesHandlers = (stores: ApiStores): ApiHandlers<'messages'> => ({
  ...readIncidents(stores),
  ...readAlerts(stores),
  ...readNotices(stores),
  ...readMailStatus(stores),
  ...readRules(stores),
  ...readDuty(stores),
  listContacts: listContacts(stores),
  listRooms: listRooms(stores),
  ...readTemplates(stores),
  previewMessage: previewMessage(stores),
  openActionLink: openActionLink(stores),
});
