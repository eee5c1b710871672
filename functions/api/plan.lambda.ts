import { onApi } from '../edge/api.ts';
import { grantsOf } from '../edge/api-deps.ts';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { openPlanStores, planApiConfig } from './api-stores.ts';
import { planHandlers } from './plan-handlers.ts';

const stores = openPlanStores(readConfig(planApiConfig), systemClock);

export const handler = onApi<'plan'>(planHandlers(stores), { grantOf: grantsOf(stores.catalog) });
