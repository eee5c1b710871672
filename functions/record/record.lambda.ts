import * as z from 'zod';
import { announceWith, eventBusClient } from '../channels/event-bus.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { streamHandler } from '../edge/stream-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { viewStore } from '../stores/views-store.ts';
import { foldBatch } from './fold-batch.ts';
import { publishGroup, sampleDurations } from './publish-group.ts';

const config = readConfig(
  z.object({
    INSTANCES_TABLE: z.string(),
    LEDGER_TABLE: z.string(),
    VIEWS_TABLE: z.string(),
    BUS_NAME: z.string(),
  }),
);
const client = documentClient();
const views = viewStore({
  client,
  table: config.VIEWS_TABLE,
  instancesTable: config.INSTANCES_TABLE,
});

const fold = foldBatch({
  instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
  views,
  clock: systemClock,
  publish: publishGroup({
    ledger: ledgerStore({ client, table: config.LEDGER_TABLE }),
    announce: announceWith(eventBusClient(), config.BUS_NAME),
  }),
  sample: sampleDurations({ views }),
});

export const handler = onLambda(
  streamHandler(async (records) => {
    await fold(records);
    return undefined;
  }),
);
