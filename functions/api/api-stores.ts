import * as z from 'zod';
import type { Clock } from '../edge/system-clock.ts';
import { type CatalogStore, catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { type InstanceStore, instanceStore } from '../stores/instance-store.ts';
import { type LedgerStore, ledgerStore } from '../stores/ledger-store.ts';
import { type LogStore, logStore } from '../stores/logs-store.ts';
import { type ViewStore, viewStore } from '../stores/views-store.ts';

/** What the work of the API reads and writes. */
export type ApiStores = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
};

/** What only reading needs, too. */
export type ReadStores = ApiStores & { readonly logs: LogStore; readonly views: ViewStore };

export const apiConfig = z.object({
  CATALOG_TABLE: z.string(),
  INSTANCES_TABLE: z.string(),
  LEDGER_TABLE: z.string(),
});
export const readApiConfig = apiConfig.extend({ LOGS_TABLE: z.string(), VIEWS_TABLE: z.string() });

export const openApiStores = (config: z.infer<typeof apiConfig>, clock: Clock): ApiStores => {
  const client = documentClient();
  return {
    catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
    instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
    ledger: ledgerStore({ client, table: config.LEDGER_TABLE }),
    clock,
  };
};

export const openReadStores = (config: z.infer<typeof readApiConfig>, clock: Clock): ReadStores => {
  const client = documentClient();
  return {
    ...openApiStores(config, clock),
    logs: logStore({ client, table: config.LOGS_TABLE }),
    views: viewStore({
      client,
      table: config.VIEWS_TABLE,
      instancesTable: config.INSTANCES_TABLE,
    }),
  };
};
