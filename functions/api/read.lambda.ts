import { onApi } from '../edge/api.ts';
import { apiDepsOf } from '../edge/api-deps.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { openReadStores, readApiConfig } from './api-stores.ts';
import { readHandlers } from './read-handlers.ts';

const stores = openReadStores(readConfig(readApiConfig), systemClock);

export const handler = onApi<'read'>(readHandlers(stores), apiDepsOf(stores, { writes: false }));
