import { onApi } from '../edge/api.ts';
import { apiDepsOf } from '../edge/api-deps.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { openWriteStores, writeApiConfig } from './api-stores.ts';
import { writeHandlers } from './write-handlers.ts';

const stores = openWriteStores(readConfig(writeApiConfig), systemClock);

export const handler = onApi<'write'>(writeHandlers(stores), apiDepsOf(stores));
