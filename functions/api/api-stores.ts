import * as z from 'zod';
import type { Clock } from '../edge/system-clock.ts';
import { type CatalogStore, catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { type InstanceStore, instanceStore } from '../stores/instance-store.ts';
import { type LedgerStore, ledgerStore } from '../stores/ledger-store.ts';
import { type LogStore, logStore } from '../stores/logs-store.ts';
import { type ViewStore, viewStore } from '../stores/views-store.ts';

/** What the work of the API reads and writes; all that telling people needs. */
export type ApiStores = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
};

/** What looking at work needs, too. */
export type ReadStores = ApiStores & { readonly views: ViewStore };

/** What changing something needs: the code of tasks may add to their run logs, too. */
export type WriteStores = ApiStores & { readonly logs: LogStore };

/** What looking ahead needs. */
export type PlanStores = Pick<ReadStores, 'catalog' | 'instances' | 'views' | 'clock'>;

export const apiConfig = z.object({
  CATALOG_TABLE: z.string(),
  INSTANCES_TABLE: z.string(),
  LEDGER_TABLE: z.string(),
});
export const readApiConfig = apiConfig.extend({ VIEWS_TABLE: z.string() });

export const writeApiConfig = apiConfig.extend({
  LOGS_TABLE: z.string(),
  RETENTION_DAYS: z.coerce.number().default(30),
});

export const planApiConfig = z.object({
  CATALOG_TABLE: z.string(),
  INSTANCES_TABLE: z.string(),
  VIEWS_TABLE: z.string(),
});

export const openApiStores = (config: z.infer<typeof apiConfig>, clock: Clock): ApiStores => {
  const client = documentClient();
  return {
    catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
    instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
    ledger: ledgerStore({ client, table: config.LEDGER_TABLE }),
    clock,
  };
};

export const openWriteStores = (
  config: z.infer<typeof writeApiConfig>,
  clock: Clock,
): WriteStores => ({
  ...openApiStores(config, clock),
  logs: logStore({
    client: documentClient(),
    table: config.LOGS_TABLE,
    retentionDays: config.RETENTION_DAYS,
  }),
});

export const openReadStores = (
  config: z.infer<typeof readApiConfig>,
  clock: Clock,
): ReadStores => ({
  ...openApiStores(config, clock),
  views: viewStore({
    client: documentClient(),
    table: config.VIEWS_TABLE,
    instancesTable: config.INSTANCES_TABLE,
  }),
});

export const openPlanStores = (config: z.infer<typeof planApiConfig>, clock: Clock): PlanStores => {
  const client = documentClient();
  return {
    catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
    instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
    views: viewStore({
      client,
      table: config.VIEWS_TABLE,
      instancesTable: config.INSTANCES_TABLE,
    }),
    clock,
  };
};
