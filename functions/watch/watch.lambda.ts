import * as z from 'zod';
import { settleConfig, settleWiring } from '../admission/settle-wiring.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { tellWorld } from '../matching/tell-world.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { viewStore } from '../stores/views-store.ts';
import { watchAll } from './watch-all.ts';

const config = readConfig(
  settleConfig.extend({
    GENERATION_MACHINE: z.string(),
    BULK_MACHINE: z.string(),
    LEDGER_TABLE: z.string(),
  }),
);
const client = documentClient();
const catalog = catalogStore({ client, table: config.CATALOG_TABLE });
const ledger = ledgerStore({ client, table: config.LEDGER_TABLE });
const { deps, startNamed } = settleWiring(config, 'system:watch');

export const handler = onLambda(
  stageHandler(
    'watch-watch',
    watchAll({
      ...deps,
      ...{ holds: catalog, ledger, rules: catalog, told: ledger },
      world: tellWorld({ catalog, clock: deps.clock }),
      counters: viewStore({
        client,
        table: config.VIEWS_TABLE,
        instancesTable: config.INSTANCES_TABLE,
      }),
      startGeneration: (name, input) => startNamed(config.GENERATION_MACHINE, name, input),
      startOperation: (name, input) => startNamed(config.BULK_MACHINE, name, input),
    }),
  ),
);
