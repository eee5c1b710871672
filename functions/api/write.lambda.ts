import { onApi } from '../edge/api.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { apiConfig, apiDepsOf, openApiStores } from './api-stores.ts';
import { writeHandlers } from './write-handlers.ts';

const stores = openApiStores(readConfig(apiConfig), systemClock);

export const handler = onApi<'write'>(writeHandlers(stores), apiDepsOf(stores));
