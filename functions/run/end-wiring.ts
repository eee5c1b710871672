import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { systemClock } from '../edge/system-clock.ts';
import { tellLinesOf } from '../matching/tell-lines.ts';
import { tellWorld } from '../matching/tell-world.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { runWiring } from './run-wiring.ts';

/** What ends attempts: their stores, and the rules that look for words in their logs. */
export const endWiring = () => {
  const config = readConfig(z.object({ CATALOG_TABLE: z.string(), LEDGER_TABLE: z.string() }));
  const client = documentClient();
  const catalog = catalogStore({ client, table: config.CATALOG_TABLE });
  const wiring = runWiring();
  return {
    ...wiring,
    tellLines: tellLinesOf(
      tellWorld({ catalog, clock: systemClock }),
      ledgerStore({ client, table: config.LEDGER_TABLE }),
      wiring.logs,
    ),
  };
};
