import * as z from 'zod';
import type { Clock } from '../edge/system-clock.ts';
import { objectUrl, presignGet } from '../engines/presign-get.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { type LogStore, logStore } from '../stores/logs-store.ts';
import type { ApiStores } from './api-stores.ts';

/** What looking at run logs needs: stores, the deployment's region, which a search may ask for, and its files. */
export type LogDeps = Pick<ApiStores, 'catalog' | 'instances' | 'clock'> & {
  readonly logs: LogStore;
  readonly region: string;
  /** A link to a file of the deployment's bucket that holds for 15 minutes. */
  readonly linkTo: (key: string) => string;
};

export const logsApiConfig = z.object({
  CATALOG_TABLE: z.string(),
  INSTANCES_TABLE: z.string(),
  LOGS_TABLE: z.string(),
  RETENTION_DAYS: z.coerce.number().default(30),
  AWS_REGION: z.string().default('local'),
  DATA_BUCKET: z.string(),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().default(''),
  AWS_SECRET_ACCESS_KEY: z.string().default(''),
  AWS_SESSION_TOKEN: z.string().optional(),
});
type Config = z.infer<typeof logsApiConfig>;

export const openLogDeps = (config: Config, clock: Clock): LogDeps => {
  const client = documentClient();
  return {
    catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
    instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
    logs: logStore({
      client,
      table: config.LOGS_TABLE,
      retentionDays: config.RETENTION_DAYS,
    }),
    clock,
    region: config.AWS_REGION,
    linkTo: linksOf(config, clock),
  };
};

const linkSeconds = 900;

const linksOf =
  (config: Config, clock: Clock): LogDeps['linkTo'] =>
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
