import * as z from 'zod';
import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';

export const publishConfig = z.object({
  CATALOG_TABLE: z.string(),
  LEDGER_TABLE: z.string(),
  BUS_NAME: z.string(),
});

/** What publishing reads and writes. */
export type PublishStores = {
  readonly catalog: CatalogStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly announce: (events: readonly EventOut[]) => Promise<void>;
};
