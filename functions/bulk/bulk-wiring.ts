import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import type { RunDeps } from './bulk-deps.ts';

/** The stores that both phases of an operation share. */
export const bulkWiring = (): RunDeps => {
  const config = readConfig(
    z.object({
      CATALOG_TABLE: z.string(),
      INSTANCES_TABLE: z.string(),
      RETENTION_DAYS: z.coerce.number().default(30),
    }),
  );
  const client = documentClient();
  return {
    catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
    instances: instanceStore({
      client,
      table: config.INSTANCES_TABLE,
      retentionDays: config.RETENTION_DAYS,
    }),
    clock: systemClock,
  };
};
