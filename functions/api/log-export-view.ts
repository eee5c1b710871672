import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { exportKeptDays, type LogExport } from '../../shared/domain/log/log-export.schema.ts';

/** An export as the API shows it. */
export const exportView = ({ position, ...wanted }: LogExport) => ({
  ...wanted,
  rows: wanted.files.reduce((sum, { rows }) => sum + rows, 0),
  ...(position ? { writtenTo: position.at } : {}),
  expiresAt: plusSeconds(wanted.at, exportKeptDays * 86_400),
});
