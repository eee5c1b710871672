import { postJsonWith } from '../channels/post-json.ts';
import { type TryRoom, tryRoomWith } from '../channels/try-room.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { definitionCache } from '../stores/definition-cache.ts';
import { writeActionLinks } from './action-links.ts';
import type { WriteStores } from './api-stores.ts';
import { requestGeneration } from './request-generation.ts';
import { writeAlertRules } from './write-alert-rules.ts';
import { writeAlerts } from './write-alerts.ts';
import { writeBackfills } from './write-backfills.ts';
import { writeContacts } from './write-contacts.ts';
import { writeDocuments } from './write-documents.ts';
import { writeDuty } from './write-duty.ts';
import { writeHandover } from './write-handover.ts';
import { writeHolds } from './write-holds.ts';
import { writeIncidents } from './write-incidents.ts';
import { writeInstances } from './write-instances.ts';
import { writeLimits } from './write-limits.ts';
import { writeLogExports } from './write-log-exports.ts';
import { writeMembers } from './write-members.ts';
import { writeNotices } from './write-notices.ts';
import { writeNotificationRules } from './write-notification-rules.ts';
import { writeOperations } from './write-operations.ts';
import { writeProjects } from './write-projects.ts';
import { writeReports } from './write-reports.ts';
import { writeRooms } from './write-rooms.ts';
import { writeRuns } from './write-runs.ts';
import { writeSavedSearches } from './write-saved-searches.ts';
import { writeSettings } from './write-settings.ts';
import { writeTasks } from './write-tasks.ts';
import { writeTemplates } from './write-templates.ts';
import { writeWorkflows } from './write-workflows.ts';

/** Everything that changes something: a move, a request record or a catalog edit, never a call into a stage. */
export const writeHandlers = (
  stores: WriteStores,
  tryRoom: TryRoom = tryRoomWith(postJsonWith()),
): ApiHandlers<'write'> => ({
  ...writeProjects(stores),
  ...writeBackfills(stores),
  ...writeOperations(stores),
  ...writeMembers(stores),
  ...writeSettings(stores),
  ...writeLimits(stores),
  ...writeHolds(stores),
  ...writeHandover(stores),
  ...writeIncidents(stores),
  ...writeAlerts(stores),
  ...writeSavedSearches(stores),
  ...writeLogExports(stores),
  ...writeDocuments(stores),
  ...writeContacts(stores),
  ...writeRooms(stores, tryRoom),
  ...writeTemplates(stores),
  ...writeActionLinks(stores),
  ...writeNotices(stores),
  ...writeNotificationRules(stores),
  ...writeAlertRules(stores),
  ...writeDuty(stores),
  ...writeWorkflows(stores),
  ...writeTasks(stores),
  ...writeInstances(stores, definitionCache(stores.catalog)),
  ...writeRuns(stores),
  ...writeReports(stores),
  requestGeneration: requestGeneration(stores),
});
