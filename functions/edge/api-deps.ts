import type { CatalogStore } from '../stores/catalog-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import type { ApiDeps, Replay } from './api-route.ts';
import type { Clock } from './system-clock.ts';

type Stores = {
  readonly catalog: CatalogStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
};

/** What the host needs to check permissions, and to answer a repeated write as the first time. */
export const apiDepsOf = ({ catalog, ledger, clock }: Stores, { writes = true } = {}): ApiDeps => ({
  grantOf: grantsOf(catalog),
  replay: writes ? replayOf(ledger, clock) : undefined,
});

/** The role that a project gives a user. */
export const grantsOf =
  (catalog: Pick<CatalogStore, 'findProject'>): ApiDeps['grantOf'] =>
  async (project, user) =>
    (await catalog.findProject(project))?.members.find((member) => member.user === user)?.role;

const replayOf = (ledger: LedgerStore, clock: Clock): Replay => ({
  begin: async (key, fingerprint) => {
    const claimed = await ledger.claimKey(key, fingerprint, clock());
    return claimed.claim === 'done' ? claimed.response : claims[claimed.claim];
  },
  finish: (key, fingerprint, response) => ledger.answerKey(key, fingerprint, response, clock()),
  abandon: (key) => ledger.releaseKey(key),
});

const claims = { mine: 'new', busy: 'running', other: 'different' } as const;
