import * as z from 'zod';
import {
  startExecutionWith,
  stepFunctionsClient,
  stopExecutionWith,
} from '../channels/step-functions.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { viewStore } from '../stores/views-store.ts';
import { executionNameFor, executionNameOf } from './execution-name.ts';
import { gateCatalogOf } from './gate-catalog-of.ts';
import { startAttemptOn } from './start-attempt.ts';

/** What the entry of a stage that settles instances reads from its environment. */
export const settleConfig = z.object({
  CATALOG_TABLE: z.string(),
  INSTANCES_TABLE: z.string(),
  VIEWS_TABLE: z.string(),
  RUN_EXPRESS_MACHINE: z.string(),
  RUN_STANDARD_MACHINE: z.string(),
  RETENTION_DAYS: z.coerce.number().default(30),
});

/** The same stores, gate and machines for dispatch, release and watch; `actor` tells them apart in the history. */
export const settleWiring = (config: z.infer<typeof settleConfig>, actor: string) => {
  const client = documentClient();
  const machines = stepFunctionsClient();
  const instances = instanceStore({
    client,
    table: config.INSTANCES_TABLE,
    retentionDays: config.RETENTION_DAYS,
  });
  const catalog = catalogStore({ client, table: config.CATALOG_TABLE });
  const views = viewStore({
    client,
    table: config.VIEWS_TABLE,
    instancesTable: config.INSTANCES_TABLE,
  });
  const start = startExecutionWith(machines);
  const stop = stopExecutionWith(machines);

  return {
    deps: {
      instances,
      catalog: gateCatalogOf({ catalog, instances, views, clock: systemClock }),
      clock: systemClock,
      actor,
      startAttempt: startAttemptOn(start, {
        express: config.RUN_EXPRESS_MACHINE,
        standard: config.RUN_STANDARD_MACHINE,
      }),
      stopAttempt: (instance: Parameters<typeof executionNameOf>[0]) =>
        stop(config.RUN_STANDARD_MACHINE, executionNameOf(instance), 'terminated'),
    },
    startNamed: (machine: string, key: string, input: unknown) =>
      start(machine, executionNameFor(key), input),
  };
};
