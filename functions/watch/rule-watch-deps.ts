import type { RevisedAlertRule } from '../../shared/domain/alert/match-alerts.ts';
import type { TellWorld } from '../matching/tell-world.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import type { ViewStore } from '../stores/views-store.ts';
import type { WatchDeps } from './watch-deps.ts';

export type RuleWatchDeps = Pick<WatchDeps, 'instances' | 'clock'> & {
  readonly rules: Pick<CatalogStore, 'allProjects' | 'rulesOf'>;
  readonly world: Pick<TellWorld, 'ownerOf'>;
  readonly told: Pick<
    LedgerStore,
    'putOccurrence' | 'findOccurrence' | 'watchedUpTo' | 'noteWatched'
  >;
  readonly counters: Pick<ViewStore, 'countsOf'>;
};

/** A project that has alert rules which are switched on. */
export type Watched = {
  readonly project: string;
  readonly zone: string;
  readonly alerts: readonly RevisedAlertRule[];
};
