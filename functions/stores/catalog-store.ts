import { catalogDocuments } from './catalog-documents.ts';
import type { Table } from './table.ts';
import { workflows } from './workflows.ts';

/** All operations of the catalog table. */
export const catalogStore = (table: Table) => ({
  ...catalogDocuments(table),
  ...workflows(table),
});

export type CatalogStore = ReturnType<typeof catalogStore>;
