import * as z from 'zod';
import { executionNameFor } from '../admission/execution-name.ts';
import { startExecutionWith, stepFunctionsClient } from '../channels/step-functions.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { dueGenerations } from './due-generations.ts';

const config = readConfig(
  z.object({ CATALOG_TABLE: z.string(), LEDGER_TABLE: z.string(), GENERATION_MACHINE: z.string() }),
);
const client = documentClient();
const start = startExecutionWith(stepFunctionsClient());

export const handler = onLambda(
  stageHandler(
    'generate-due',
    dueGenerations({
      catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
      ledger: ledgerStore({ client, table: config.LEDGER_TABLE }),
      clock: systemClock,
      startGeneration: (key, input) =>
        start(config.GENERATION_MACHINE, executionNameFor(key), input),
    }),
  ),
);
