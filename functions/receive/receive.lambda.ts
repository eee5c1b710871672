import * as z from 'zod';
import { deadLetterQueues, sqsClient } from '../channels/dead-letter-queues.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { tellLinesOf } from '../matching/tell-lines.ts';
import { tellWorld } from '../matching/tell-world.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { logStore } from '../stores/logs-store.ts';
import { viewStore } from '../stores/views-store.ts';
import { receive } from './receive.ts';

const config = readConfig(
  z.object({
    CATALOG_TABLE: z.string(),
    INSTANCES_TABLE: z.string(),
    LEDGER_TABLE: z.string(),
    LOGS_TABLE: z.string(),
    VIEWS_TABLE: z.string(),
    RETENTION_DAYS: z.coerce.number().default(30),
    DEAD_LETTERS: z.string(),
  }),
);
const client = documentClient();
const catalog = catalogStore({ client, table: config.CATALOG_TABLE });
const ledger = ledgerStore({ client, table: config.LEDGER_TABLE });
const retentionDays = config.RETENTION_DAYS;
const queues = deadLetterQueues(sqsClient());

export const handler = onLambda(
  stageHandler(
    'receive-receive',
    receive({
      catalog,
      instances: instanceStore({ client, table: config.INSTANCES_TABLE, retentionDays }),
      ledger,
      tellLines: tellLinesOf(tellWorld({ catalog, clock: systemClock }), ledger),
      logs: logStore({ client, table: config.LOGS_TABLE, retentionDays }),
      views: viewStore({
        client,
        table: config.VIEWS_TABLE,
        instancesTable: config.INSTANCES_TABLE,
      }),
      clock: systemClock,
      bury: (event, reason) => queues.bury(config.DEAD_LETTERS, JSON.stringify(event), reason),
    }),
  ),
);
