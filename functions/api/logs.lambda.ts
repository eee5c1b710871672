import { onApi } from '../edge/api.ts';
import { grantsOf } from '../edge/api-deps.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { logsApiConfig, openLogDeps } from './log-deps.ts';
import { logsHandlers } from './logs-handlers.ts';

const stores = openLogDeps(readConfig(logsApiConfig), systemClock);

export const handler = onApi<'logs'>(logsHandlers(stores), { grantOf: grantsOf(stores.catalog) });
