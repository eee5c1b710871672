import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

/** What the states of DailyGeneration work with. */
export type PlanDeps = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly clock: Clock;
};
