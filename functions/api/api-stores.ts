import * as z from 'zod';
import type { Clock } from '../edge/system-clock.ts';
import { objectUrl, presignGet } from '../engines/presign-get.ts';
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

/** … and what stands around it: the deployment's region, which a search may ask for, and its files. */
export type ReadDeps = ReadStores & {
  readonly region: string;
  /** A link to a file of the deployment's bucket that holds for 15 minutes. */
  readonly linkTo: (key: string) => string;
};

/** What changing something needs: the code of tasks may add to their run logs, too. */
export type WriteStores = ApiStores & { readonly logs: LogStore };

/** What looking ahead needs. */
export type PlanStores = Pick<ReadStores, 'catalog' | 'instances' | 'views' | 'clock'>;

export const apiConfig = z.object({
  CATALOG_TABLE: z.string(),
  INSTANCES_TABLE: z.string(),
  LEDGER_TABLE: z.string(),
});
export const readApiConfig = apiConfig.extend({
  LOGS_TABLE: z.string(),
  VIEWS_TABLE: z.string(),
  RETENTION_DAYS: z.coerce.number().default(30),
  AWS_REGION: z.string().default('local'),
  DATA_BUCKET: z.string(),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().default(''),
  AWS_SECRET_ACCESS_KEY: z.string().default(''),
  AWS_SESSION_TOKEN: z.string().optional(),
});

const linkSeconds = 900;

const linksOf =
  (config: z.infer<typeof readApiConfig>, clock: Clock): ReadDeps['linkTo'] =>
  (key) => {
    const { DATA_BUCKET: bucket, AWS_REGION: region, AWS_ENDPOINT_URL_S3: endpoint } = config;
    return presignGet(
      objectUrl({ bucket, key }, { region, endpoint }),
      { region, seconds: linkSeconds, now: clock() },
      {
        accessKeyId: config.AWS_ACCESS_KEY_ID,
        secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
        sessionToken: config.AWS_SESSION_TOKEN,
      },
    );
  };

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

export const openReadStores = (config: z.infer<typeof readApiConfig>, clock: Clock): ReadDeps => {
  const client = documentClient();
  return {
    ...openApiStores(config, clock),
    logs: logStore({
      client,
      table: config.LOGS_TABLE,
      retentionDays: config.RETENTION_DAYS,
    }),
    region: config.AWS_REGION,
    linkTo: linksOf(config, clock),
    views: viewStore({
      client,
      table: config.VIEWS_TABLE,
      instancesTable: config.INSTANCES_TABLE,
    }),
  };
};

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
