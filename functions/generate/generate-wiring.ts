import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import type { PlanDeps } from './plan-deps.ts';

/** The stores that the states of DailyGeneration share. */
export const generateWiring = (): PlanDeps => {
  const config = readConfig(z.object({ CATALOG_TABLE: z.string(), INSTANCES_TABLE: z.string() }));
  const client = documentClient();
  return {
    catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
    instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
    clock: systemClock,
  };
};
