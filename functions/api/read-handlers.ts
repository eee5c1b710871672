import { gateCatalogOf } from '../admission/gate-catalog-of.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ReadStores } from './api-stores.ts';
import { definitionCache } from './definition-cache.ts';
import { diagnoseInstance } from './diagnose-instance.ts';
import { getNeighbourhood } from './neighbourhood.ts';
import { readCatalog } from './read-catalog.ts';
import { readCounters } from './read-counters.ts';
import { readDefinitions } from './read-definitions.ts';
import { readHealth } from './read-health.ts';
import { readInstances } from './read-instances.ts';
import { readLogs } from './read-logs.ts';
import { readPools } from './read-pools.ts';
import { readRuns } from './read-runs.ts';
import { readSystem } from './read-system.ts';
import { readTasks } from './read-tasks.ts';
import { readWorkflows } from './read-workflows.ts';

/** Everything that only looks. */
export const readHandlers = (stores: ReadStores): ApiHandlers<'read'> => {
  const definitions = definitionCache(stores.catalog);
  const world = { instances: stores.instances, catalog: gateCatalogOf(stores) };
  return {
    ...readCatalog(stores),
    ...readWorkflows(stores, definitions),
    ...readDefinitions(stores),
    ...readTasks(stores),
    ...readInstances(stores, definitions),
    getNeighbourhood: getNeighbourhood(stores),
    diagnoseInstance: diagnoseInstance({ ...world, clock: stores.clock }),
    ...readRuns(stores, definitions),
    ...readLogs(stores),
    ...readPools(stores, world),
    ...readCounters(stores),
    ...readHealth(stores),
    ...readSystem(stores),
  };
};
