import { catalogDocuments } from './catalog-documents.ts';
import { dutySchedules } from './duty-schedules.ts';
import { handover } from './handover.ts';
import { messageTemplates } from './message-templates.ts';
import { namedBy } from './named-by.ts';
import { savedSearches } from './saved-searches.ts';
import type { Table } from './table.ts';
import { tellRules } from './tell-rules.ts';
import { uses } from './uses.ts';
import { workflows } from './workflows.ts';

/** All operations of the catalog table. */
export const catalogStore = (table: Table) => ({
  ...catalogDocuments(table),
  ...uses(table),
  ...namedBy(table),
  ...tellRules(table),
  ...dutySchedules(table),
  ...messageTemplates(table),
  ...handover(table),
  ...savedSearches(table),
  ...workflows(table),
});

export type CatalogStore = ReturnType<typeof catalogStore>;
