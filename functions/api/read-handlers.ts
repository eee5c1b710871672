import { gateCatalogOf } from '../admission/gate-catalog-of.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { definitionCache } from '../stores/definition-cache.ts';
import { openActionLink } from './action-links.ts';
import type { ReadDeps } from './api-stores.ts';
import { diagnoseInstance } from './diagnose-instance.ts';
import { getNeighbourhood } from './neighbourhood.ts';
import { readAlerts } from './read-alerts.ts';
import { readAudit } from './read-audit.ts';
import { readBackfills } from './read-backfills.ts';
import { readCatalog } from './read-catalog.ts';
import { readCounters } from './read-counters.ts';
import { readDefinitions } from './read-definitions.ts';
import { readDuty } from './read-duty.ts';
import { readHandover } from './read-handover.ts';
import { readHealth } from './read-health.ts';
import { readHolds } from './read-holds.ts';
import { readIncidents } from './read-incidents.ts';
import { readInstances } from './read-instances.ts';
import { readLedgerLines } from './read-ledger-lines.ts';
import { readLogExports } from './read-log-exports.ts';
import { readLogLine } from './read-log-line.ts';
import { readLogSearch } from './read-log-search.ts';
import { readLogs } from './read-logs.ts';
import { readMailStatus } from './read-mail-status.ts';
import { getMonitoring } from './read-monitoring.ts';
import { readNotices } from './read-notices.ts';
import { readOperations } from './read-operations.ts';
import { readPools } from './read-pools.ts';
import { listRooms } from './read-rooms.ts';
import { readRules } from './read-rules.ts';
import { readRunbook } from './read-runbook.ts';
import { readRuns } from './read-runs.ts';
import { readSavedSearches } from './read-saved-searches.ts';
import { readSystem } from './read-system.ts';
import { readTasks } from './read-tasks.ts';
import { readTemplates } from './read-templates.ts';
import { listTicks } from './read-ticks.ts';
import { readWorkflows } from './read-workflows.ts';
import { getWorkflowGraph } from './workflow-graph.ts';
import { readRunViews } from './workflow-grid.ts';

/** Everything that only looks at what is; what looks ahead stands in plan-handlers.ts. */
export const readHandlers = (stores: ReadDeps): ApiHandlers<'read'> => {
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
    ...readLogs(stores),
    ...readLogSearch(stores),
    ...readLogLine(stores),
    ...readLogExports(stores),
    ...readSavedSearches(stores),
    ...readOperations(stores),
    ...readPools(stores, world),
    ...readHolds(stores, world),
    ...readAudit(stores),
    ...readHandover(stores, world),
    ...readIncidents(stores),
    ...readAlerts(stores),
    getRunbook: readRunbook(stores),
    ...readCounters(stores),
    getMonitoring: getMonitoring(stores),
    ...readHealth(stores),
    ...readRules(stores),
    listRooms: listRooms(stores),
    ...readTemplates(stores),
    openActionLink: openActionLink(stores),
    ...readDuty(stores),
    ...readNotices(stores),
    ...readMailStatus(stores),
    ...readBackfills(stores),
    ...readSystem(stores),
  };
};
