import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { claim } from './claim.ts';
import { runWiring } from './run-wiring.ts';

const { CATALOG_TABLE } = readConfig(z.object({ CATALOG_TABLE: z.string() }));

export const handler = onLambda(
  stageHandler(
    'run-claim',
    claim({
      ...runWiring(),
      catalog: catalogStore({ client: documentClient(), table: CATALOG_TABLE }),
    }),
  ),
);
