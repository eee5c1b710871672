import { type Composer, loadComposer } from '../channels/load-composer.ts';
import { peopleFinder } from './find-people.ts';
import { tellingFinder } from './find-telling.ts';
import type { SettleDeps } from './settle-deps.ts';
import type { TellDeps } from './tell-deps.ts';

/** Rules, people and words as they are now, each read once for the batch or the entry that it is made for. */
export const settleDepsOf = (deps: TellDeps): SettleDeps => {
  const { clock, consoleUrl } = deps;
  let composer: Promise<Composer> | undefined;
  return {
    ...deps,
    findTelling: tellingFinder(deps),
    findPeople: peopleFinder(deps),
    composer() {
      composer ??= loadComposer(deps, { consoleUrl, now: clock() });
      return composer;
    },
  };
};
