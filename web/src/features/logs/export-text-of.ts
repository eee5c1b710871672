import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import { csvHead, csvRow, jsonRow } from '../../../../shared/domain/log/export-rows.ts';
import type { ExportFormat } from '../../../../shared/domain/log/log-export.schema.ts';

/** The file of some lines. */
export const exportTextOf = (rows: readonly LogRow[], format: ExportFormat): string =>
  format === 'csv' ? csvHead + rows.map(csvRow).join('') : rows.map(jsonRow).join('');
