import { gateCatalogOf } from '../admission/gate-catalog-of.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { definitionCache } from '../stores/definition-cache.ts';
import type { ReadStores } from './api-stores.ts';
import { diagnoseInstance } from './diagnose-instance.ts';
import { getNeighbourhood } from './neighbourhood.ts';
import { readAudit } from './read-audit.ts';
import { readBackfills } from './read-backfills.ts';
import { readCatalog } from './read-catalog.ts';
import { readCounters } from './read-counters.ts';
import { readDefinitions } from './read-definitions.ts';
import { readHandover } from './read-handover.ts';
import { readHealth } from './read-health.ts';
import { readHolds } from './read-holds.ts';
import { readInstances } from './read-instances.ts';
import { readLedgerLines } from './read-ledger-lines.ts';
import { getMonitoring } from './read-monitoring.ts';
import { readOperations } from './read-operations.ts';
import { readPools } from './read-pools.ts';
import { readRunbook } from './read-runbook.ts';
import { readRuns } from './read-runs.ts';
import { readSystem } from './read-system.ts';
import { readTasks } from './read-tasks.ts';
import { listTicks } from './read-ticks.ts';
import { readWorkflows } from './read-workflows.ts';
import { getWorkflowGraph } from './workflow-graph.ts';
import { readRunViews } from './workflow-grid.ts';

/** What looks at work as it is; what looks ahead, at run logs and at messages stands in functions of its own. */
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
    ...readRunViews(stores, definitions),
    getWorkflowGraph: getWorkflowGraph(stores, definitions),
    listTicks: listTicks(stores, definitions),
    ...readLedgerLines(stores, definitions),
    ...readOperations(stores),
    ...readPools(stores, world),
    ...readHolds(stores, world),
    ...readAudit(stores),
    ...readHandover(stores, world),
    getRunbook: readRunbook(stores),
    ...readCounters(stores),
    getMonitoring: getMonitoring(stores),
    ...readHealth(stores),
    ...readBackfills(stores),
    ...readSystem(stores),
  };
};
