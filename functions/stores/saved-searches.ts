import { SavedSearch } from '../../shared/domain/log/saved-search.schema.ts';
import { catalogTable } from './catalog-table.ts';
import { collection } from './collection.ts';
import type { Table } from './table.ts';

type Of = { readonly project: string } | { readonly user: string };

/** Searches of run logs that people keep: each person's own, and those shared in a project. Few by nature. */
export const savedSearches = (table: Table) => {
  const searches = collection(table, SavedSearch.omit({ rev: true }));
  return {
    findSearch: (of: Of, id: string) => searches.find(catalogTable.searches(of), id),
    allSearches: (of: Of) => searches.all(catalogTable.searches(of)),
    saveSearch: (of: Of, search: Omit<SavedSearch, 'rev'>) =>
      searches.save(catalogTable.searches(of), search.id, search, undefined),
    removeSearch: (of: Of, id: string, rev: number) =>
      searches.remove(catalogTable.searches(of), id, rev),
  };
};
