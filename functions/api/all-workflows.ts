import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/** The workflows of a project that are not deleted. */
export const allWorkflows = async (
  catalog: Pick<CatalogStore, 'listWorkflows'>,
  project: string,
): Promise<readonly WorkflowRecord[]> => {
  const found: WorkflowRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await catalog.listWorkflows(project, { limit: 1000, cursor });
    found.push(...page.items.filter(({ deletedAt }) => !deletedAt));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
};
