import { announceWith, eventBusClient } from '../channels/event-bus.ts';
import { onApi } from '../edge/api.ts';
import { apiDepsOf } from '../edge/api-deps.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { publishHandlers } from './publish-handlers.ts';
import { publishConfig } from './publish-stores.ts';

const config = readConfig(publishConfig);
const client = documentClient();
const stores = {
  catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
  ledger: ledgerStore({ client, table: config.LEDGER_TABLE }),
  clock: systemClock,
  announce: announceWith(eventBusClient(), config.BUS_NAME),
};

export const handler = onApi<'publish'>(publishHandlers(stores), apiDepsOf(stores));
