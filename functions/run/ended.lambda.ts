import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { logStore } from '../stores/logs-store.ts';
import { ended } from './ended.ts';

const config = readConfig(
  z.object({
    INSTANCES_TABLE: z.string(),
    LOGS_TABLE: z.string(),
    RETENTION_DAYS: z.coerce.number().default(30),
  }),
);
const client = documentClient();
const retentionDays = config.RETENTION_DAYS;

export const handler = onLambda(
  stageHandler(
    'run-ended',
    ended({
      instances: instanceStore({ client, table: config.INSTANCES_TABLE, retentionDays }),
      logs: logStore({ client, table: config.LOGS_TABLE, retentionDays }),
      clock: systemClock,
    }),
  ),
);
