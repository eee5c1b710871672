import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { Deliveries } from '../stores/deliveries.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import type { Notices } from '../stores/notices.ts';

/** What turning occurrences into messages needs: it reads the catalog and instances, and writes to the ledger only. */
export type TellDeps = {
  readonly catalog: CatalogStore;
  readonly instances: Pick<InstanceStore, 'find' | 'findMany' | 'parentsOf' | 'childrenOf'>;
  readonly ledger: LedgerStore;
  readonly notices: Pick<Notices, 'create'>;
  readonly deliveries: Pick<Deliveries, 'queue' | 'ofNotice'>;
  /** Puts events on the bus, at least once under the same ids: before what they tell of counts as done. */
  readonly announce: (events: readonly EventOut[]) => Promise<void>;
  readonly clock: Clock;
  /** Where the console is, without a slash at the end; undefined: messages have no links. */
  readonly consoleUrl: string | undefined;
};
