import type { InstanceStore } from '../stores/instance-store.ts';
import type { GateCatalog } from './gate-catalog.ts';

/** What the world is read from. */
export type WorldDeps = { readonly instances: InstanceStore; readonly catalog: GateCatalog };
