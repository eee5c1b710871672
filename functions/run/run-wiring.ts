import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { logStore } from '../stores/logs-store.ts';

/** The stores that every end of an attempt is written to. */
export const runWiring = () => {
  const config = readConfig(
    z.object({
      INSTANCES_TABLE: z.string(),
      LOGS_TABLE: z.string(),
      RETENTION_DAYS: z.coerce.number().default(30),
    }),
  );
  const client = documentClient();
  const retentionDays = config.RETENTION_DAYS;
  return {
    instances: instanceStore({ client, table: config.INSTANCES_TABLE, retentionDays }),
    logs: logStore({ client, table: config.LOGS_TABLE, retentionDays }),
    clock: systemClock,
  };
};
