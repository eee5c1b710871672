import { onApi } from '../edge/api.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { apiDepsOf, openReadStores, readApiConfig } from './api-stores.ts';
import { readHandlers } from './read-handlers.ts';

const stores = openReadStores(readConfig(readApiConfig), systemClock);

export const handler = onApi<'read'>(readHandlers(stores), apiDepsOf(stores, { writes: false }));
