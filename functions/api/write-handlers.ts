import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { definitionCache } from './definition-cache.ts';
import { requestGeneration } from './request-generation.ts';
import { writeBackfills } from './write-backfills.ts';
import { writeContacts } from './write-contacts.ts';
import { writeDocuments } from './write-documents.ts';
import { writeHandover } from './write-handover.ts';
import { writeHolds } from './write-holds.ts';
import { writeInstances } from './write-instances.ts';
import { writeLimits } from './write-limits.ts';
import { writeMembers } from './write-members.ts';
import { writeOperations } from './write-operations.ts';
import { writeProjects } from './write-projects.ts';
import { writeRuns } from './write-runs.ts';
import { writeSettings } from './write-settings.ts';
import { writeTasks } from './write-tasks.ts';
import { writeWorkflows } from './write-workflows.ts';

/** Everything that changes something: a move, a request record or a catalog edit, never a call into a stage. */
export const writeHandlers = (stores: ApiStores): ApiHandlers<'write'> => ({
  ...writeProjects(stores),
  ...writeBackfills(stores),
  ...writeOperations(stores),
  ...writeMembers(stores),
  ...writeSettings(stores),
  ...writeLimits(stores),
  ...writeHolds(stores),
  ...writeHandover(stores),
  ...writeDocuments(stores),
  ...writeContacts(stores),
  ...writeWorkflows(stores),
  ...writeTasks(stores),
  ...writeInstances(stores, definitionCache(stores.catalog)),
  ...writeRuns(stores),
  requestGeneration: requestGeneration(stores),
});
