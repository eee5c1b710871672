import type { ApiHandlers } from '../edge/api.ts';
import { definitionCache } from '../stores/definition-cache.ts';
import type { WriteStores } from './api-stores.ts';
import { requestGeneration } from './request-generation.ts';
import { writeBackfills } from './write-backfills.ts';
import { writeDocuments } from './write-documents.ts';
import { writeHandover } from './write-handover.ts';
import { writeHolds } from './write-holds.ts';
import { writeInstances } from './write-instances.ts';
import { writeLimits } from './write-limits.ts';
import { writeLogExports } from './write-log-exports.ts';
import { writeMembers } from './write-members.ts';
import { writeOperations } from './write-operations.ts';
import { writeProjects } from './write-projects.ts';
import { writeReports } from './write-reports.ts';
import { writeRuns } from './write-runs.ts';
import { writeSavedSearches } from './write-saved-searches.ts';
import { writeSettings } from './write-settings.ts';
import { writeTasks } from './write-tasks.ts';
import { writeWorkflows } from './write-workflows.ts';

/**
 * What changes work and what it is made of: a move, a request record or a catalog edit, never a call into a stage. What
 * changes who is told about it stands in tell-handlers.ts.
 */
export const writeHandlers = (stores: WriteStores): ApiHandlers<'write'> => ({
  ...writeProjects(stores),
  ...writeBackfills(stores),
  ...writeOperations(stores),
  ...writeMembers(stores),
  ...writeSettings(stores),
  ...writeLimits(stores),
  ...writeHolds(stores),
  ...writeHandover(stores),
  ...writeSavedSearches(stores),
  ...writeLogExports(stores),
  ...writeDocuments(stores),
  ...writeWorkflows(stores),
  ...writeTasks(stores),
  ...writeInstances(stores, definitionCache(stores.catalog)),
  ...writeRuns(stores),
  ...writeReports(stores),
  requestGeneration: requestGeneration(stores),
});
