import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { definitionCache } from './definition-cache.ts';
import { requestGeneration } from './request-generation.ts';
import { writeDocuments } from './write-documents.ts';
import { writeInstances } from './write-instances.ts';
import { writeProjects } from './write-projects.ts';
import { writeTasks } from './write-tasks.ts';
import { writeWorkflows } from './write-workflows.ts';

/** Everything that changes something: a move, a request record or a catalog edit, never a call into a stage. */
export const writeHandlers = (stores: ApiStores): ApiHandlers<'write'> => ({
  ...writeProjects(stores),
  ...writeDocuments(stores),
  ...writeWorkflows(stores),
  ...writeTasks(stores),
  ...writeInstances(stores, definitionCache(stores.catalog)),
  requestGeneration: requestGeneration(stores),
});
