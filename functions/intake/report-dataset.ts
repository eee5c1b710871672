import type { DatasetUpdate } from '../../shared/domain/dataset/dataset-update.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { ViewStore } from '../stores/views-store.ts';

export type ReportDatasetDeps = {
  readonly catalog: Pick<CatalogStore, 'findDataset'>;
  readonly views: Pick<ViewStore, 'noteDatasetUpdate'>;
};

/** Notes that a registered dataset has new content; the newest update is shown. */
export const reportDataset =
  ({ catalog, views }: ReportDatasetDeps) =>
  async (
    project: string,
    dataset: string,
    update: DatasetUpdate,
  ): Promise<Result<{ readonly newest: boolean }, string>> => {
    if (!(await catalog.findDataset(project, dataset)))
      return err(
        `dataset: project ${project} has no dataset ${dataset}; register it first, or correct the name`,
      );
    return ok({ newest: await views.noteDatasetUpdate(project, dataset, update) });
  };
