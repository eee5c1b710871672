import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { exportFiles } from '../engines/export-files.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { logStore } from '../stores/logs-store.ts';
import { exportLogs } from './export-logs.ts';

const config = readConfig(
  z.object({
    INSTANCES_TABLE: z.string(),
    LOGS_TABLE: z.string(),
    DATA_BUCKET: z.string(),
    RETENTION_DAYS: z.coerce.number().default(30),
    AWS_REGION: z.string().default('local'),
  }),
);
const client = documentClient();
const retentionDays = config.RETENTION_DAYS;

export const handler = onLambda(
  stageHandler(
    'bulk-export',
    exportLogs({
      instances: instanceStore({ client, table: config.INSTANCES_TABLE, retentionDays }),
      logs: logStore({ client, table: config.LOGS_TABLE, retentionDays }),
      files: exportFiles(config.DATA_BUCKET),
      clock: systemClock,
      region: config.AWS_REGION,
    }),
  ),
);
