import { catalogDocuments } from './catalog-documents.ts';
import { handover } from './handover.ts';
import type { Table } from './table.ts';
import { uses } from './uses.ts';
import { workflows } from './workflows.ts';

/** All operations of the catalog table. */
export const catalogStore = (table: Table) => ({
  ...catalogDocuments(table),
  ...uses(table),
  ...handover(table),
  ...workflows(table),
});

export type CatalogStore = ReturnType<typeof catalogStore>;
