import * as z from 'zod';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { ExportFormat, LogExport } from '../../domain/log/log-export.schema.ts';
import { none } from './common.ts';
import { logFilter } from './log-search.ts';
import type { RouteContract } from './route.ts';

const look = {
  method: 'GET',
  tag: 'logs',
  role: 'member',
  project: 'each',
  lambda: 'logs',
  status: 200,
} as const;
const write = { tag: 'logs', role: 'member', project: 'each', lambda: 'write' } as const;

/** A job that writes what a search finds into files; each file has at most 50,000 rows. */
const LogExportView = LogExport.pick({
  ...{ id: true, by: true, at: true, format: true, projects: true, filter: true },
  ...{ status: true, files: true, endedAt: true, error: true },
})
  .extend({
    rows: z.int().min(0).meta({ description: 'written so far' }),
    writtenTo: Instant.optional().meta({ description: 'how far back it has come' }),
    expiresAt: Instant.meta({ description: 'its files are removed then' }),
  })
  .meta({ id: 'LogExport' });

const LogExportFile = LogExport.shape.files.element.extend({
  url: z.string().meta({ description: 'holds for 15 minutes' }),
});

/** Exports of run logs that are too long to be joined from pages (W69). Each person sees their own. */
export const logExportRoutes = {
  exportLogs: {
    ...write,
    method: 'POST',
    path: '/api/logs/exports',
    summary: 'Write what a search finds into files, in the background',
    idempotency: 'required',
    params: none,
    query: none,
    body: z.object(logFilter).extend({ format: ExportFormat.default('csv') }),
    reply: LogExportView,
    status: 202,
    problems: ['project-not-found', 'too-many-exports'],
  },
  listLogExports: {
    ...look,
    path: '/api/logs/exports',
    summary: 'Your exports of the last days, the newest first',
    params: none,
    query: none,
    reply: z.object({ items: z.array(LogExportView) }).meta({ id: 'LogExports' }),
    problems: [],
  },
  getLogExport: {
    ...look,
    path: '/api/logs/exports/{export}',
    summary: 'How far an export is, with links to the files that it has',
    params: z.object({ export: z.string().max(80) }),
    query: none,
    reply: LogExportView.extend({ files: z.array(LogExportFile) }).meta({ id: 'LogExportLinks' }),
    problems: ['export-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
