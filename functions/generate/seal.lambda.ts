import * as z from 'zod';
import { announceWith, eventBusClient } from '../channels/event-bus.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { documentClient } from '../stores/clients.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { generateWiring } from './generate-wiring.ts';
import { sealGeneration } from './seal-generation.ts';

const config = readConfig(z.object({ LEDGER_TABLE: z.string(), BUS_NAME: z.string() }));
const announce = announceWith(eventBusClient(), config.BUS_NAME);

export const handler = onLambda(
  stageHandler(
    'generate-seal',
    sealGeneration({
      ...generateWiring(),
      ledger: ledgerStore({ client: documentClient(), table: config.LEDGER_TABLE }),
      announce: (event) => announce([event]),
    }),
  ),
);
