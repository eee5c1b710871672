import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { documentClient } from '../stores/clients.ts';
import { viewStore } from '../stores/views-store.ts';
import { bulkWiring } from './bulk-wiring.ts';
import { planOperation } from './plan-operation.ts';

const config = readConfig(z.object({ INSTANCES_TABLE: z.string(), VIEWS_TABLE: z.string() }));
const views = viewStore({
  client: documentClient(),
  table: config.VIEWS_TABLE,
  instancesTable: config.INSTANCES_TABLE,
});

export const handler = onLambda(
  stageHandler('bulk-plan', planOperation({ ...bulkWiring(), views })),
);
