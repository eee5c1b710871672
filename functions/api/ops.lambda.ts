import * as z from 'zod';
import { deadLetterQueueNames } from '../../shared/domain/dead-letter/dead-letter-queue.ts';
import { deadLetterQueues, sqsClient } from '../channels/dead-letter-queues.ts';
import { eventBusClient, putAgainOn } from '../channels/event-bus.ts';
import { onApi } from '../edge/api.ts';
import { apiDepsOf } from '../edge/api-deps.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { opsHandlers } from './ops-handlers.ts';

const config = readConfig(
  z.object({
    CATALOG_TABLE: z.string(),
    LEDGER_TABLE: z.string(),
    BUS_NAME: z.string(),
    DEAD_LETTER_QUEUES: z
      .string()
      .meta({ description: '`name=address`, with commas between them' }),
  }),
);
const client = documentClient();
const stores = {
  catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
  ledger: ledgerStore({ client, table: config.LEDGER_TABLE }),
  clock: systemClock,
};
const addresses = new Map(
  config.DEAD_LETTER_QUEUES.split(',').map((entry) => {
    const [name = '', ...address] = entry.split('=');
    return [name, address.join('=')] as const;
  }),
);

export const handler = onApi<'ops'>(
  opsHandlers({
    ...stores,
    letters: deadLetterQueues(sqsClient()),
    queues: Object.fromEntries(deadLetterQueueNames.map((name) => [name, addresses.get(name)])),
    putAgain: putAgainOn(eventBusClient(), config.BUS_NAME),
  }),
  apiDepsOf(stores),
);
