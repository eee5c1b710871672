import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';

export const ExportFormat = z.enum(['csv', 'jsonl']).meta({ id: 'LogExportFormat' });
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Rows up to which a client joins the pages itself; above, a job writes files (W69). */
export const exportAtOnce = 10_000;

/** A file is as many rows as one call writes; a longer export is several files. */
export const rowsPerFile = 50_000;

/** Files and their record are kept so long. */
export const exportKeptDays = 7;

/** A job that writes what a search finds into files, and how far it has come. */
export const LogExport = z.object({
  id: z.string(),
  by: z.string(),
  at: Instant,
  format: ExportFormat,
  env: Env,
  projects: z.array(Key).meta({ description: 'whose logs the caller might read when they asked' }),
  filter: z.record(z.string(), z.string()).meta({ description: 'as it was asked' }),
  status: z.enum(['REQUESTED', 'RUNNING', 'DONE', 'FAILED']),
  files: z.array(z.object({ name: z.string(), rows: z.int().min(0), bytes: z.int().min(0) })),
  position: z
    .object({ at: Instant, id: z.string() })
    .optional()
    .meta({ description: 'the line that was written last' }),
  endedAt: Instant.optional(),
  error: z.string().optional(),
});
export type LogExport = z.infer<typeof LogExport>;

/** Where a file lies in the bucket of the deployment. */
export const exportKeyOf = ({ id }: Pick<LogExport, 'id'>, name: string): string =>
  `exports/${id}/${name}`;
