import { onApi } from '../edge/api.ts';
import { apiDepsOf } from '../edge/api-deps.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { apiConfig, openApiStores } from './api-stores.ts';
import { messagesHandlers } from './messages-handlers.ts';

const stores = openApiStores(readConfig(apiConfig), systemClock);

export const handler = onApi<'messages'>(
  messagesHandlers(stores),
  apiDepsOf(stores, { writes: false }),
);
