import type { Composer } from '../channels/load-composer.ts';
import type { FindPeople } from './find-people.ts';
import type { FindTelling } from './find-telling.ts';
import type { TellDeps } from './tell-deps.ts';

/** What settling a thread needs: whom a rule names, and the words that count now. */
export type SettleDeps = TellDeps & {
  readonly findPeople: FindPeople;
  readonly findTelling: FindTelling;
  /** Composes with the words that count now. */
  readonly composer: () => Promise<Composer>;
};
