import * as z from 'zod';
import { announceWith, eventBusClient } from '../channels/event-bus.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { streamHandler } from '../edge/stream-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { tellWorld } from '../matching/tell-world.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { viewStore } from '../stores/views-store.ts';
import { backfillEnds } from './backfill-ends.ts';
import { foldBatch } from './fold-batch.ts';
import { publishGroup, sampleDurations } from './publish-group.ts';
import { tellOf } from './tell-of.ts';

const config = readConfig(
  z.object({
    CATALOG_TABLE: z.string(),
    INSTANCES_TABLE: z.string(),
    LEDGER_TABLE: z.string(),
    VIEWS_TABLE: z.string(),
    BUS_NAME: z.string(),
    ANNOUNCE_MOVES: z.string().default(''),
  }),
);
const client = documentClient();
const views = viewStore({
  client,
  table: config.VIEWS_TABLE,
  instancesTable: config.INSTANCES_TABLE,
});

const instances = instanceStore({ client, table: config.INSTANCES_TABLE });
const announce = announceWith(eventBusClient(), config.BUS_NAME);
const chatty = new Set(config.ANNOUNCE_MOVES.split(','));
const ledger = ledgerStore({ client, table: config.LEDGER_TABLE });
const tell = tellOf(
  tellWorld({ catalog: catalogStore({ client, table: config.CATALOG_TABLE }), clock: systemClock }),
);
const publish = publishGroup({
  ledger,
  announce,
  views,
  announcesMoves: (project) => chatty.has('*') || chatty.has(project),
});
const endBackfills = backfillEnds({ instances, clock: systemClock, announce });
const sample = sampleDurations({ views });

const fold = foldBatch({
  instances,
  views,
  clock: systemClock,
  tell: async (steps) => (await tell(steps)).map(ledger.occurrencePut),
  publish: async (group) => {
    await publish(group);
    await endBackfills(group);
  },
  sample: async (group) => {
    await sample(group);
    await endBackfills(group);
  },
});

export const handler = onLambda(
  streamHandler(async (records) => {
    await fold(records);
    return undefined;
  }),
);
