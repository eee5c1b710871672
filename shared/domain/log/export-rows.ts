import type { LogLine } from './log-line.schema.ts';

/** What an export needs of a line. */
export type ExportedRow = LogLine & {
  readonly id: string;
  readonly region: string;
  readonly env: string;
  readonly project: string;
  readonly version: number;
  readonly workflow: string;
  readonly runId: string;
  readonly task: string;
  readonly instance: string;
  readonly attempt: number;
};

/** The nine columns of the page in its order, then what its detail panel shows. */
const columns: readonly (readonly [string, (row: ExportedRow) => string | number | undefined])[] = [
  ['time', ({ at }) => at],
  ['level', ({ level }) => level],
  ['application', ({ project }) => project],
  ['job_id', ({ runId }) => runId],
  ['flow', ({ workflow }) => workflow],
  ['component', ({ task }) => task],
  ['operation', ({ operation }) => operation],
  ['category', ({ category }) => category],
  ['content', ({ text }) => text],
  ['version', ({ version }) => version],
  ['region', ({ region }) => region],
  ['environment', ({ env }) => env],
  ['instance', ({ instance }) => instance],
  ['attempt', ({ attempt }) => attempt],
  ['part', ({ part }) => (part ? `${part.n}/${part.of}` : undefined)],
  ['fields', ({ fields }) => (fields ? JSON.stringify(fields) : undefined)],
  ['line_id', ({ id }) => id],
];

const newline = '\r\n';

/** The first line of a CSV file; the mark before it makes spreadsheets read UTF-8. */
export const csvHead = `\ufeff${columns.map(([name]) => name).join(',')}${newline}`;

/** A row of CSV (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe. */
export const csvRow = (row: ExportedRow): string =>
  `${columns.map(([, of]) => csvCell(of(row))).join(',')}${newline}`;

/** A row of JSON lines. */
export const jsonRow = (row: ExportedRow): string => `${JSON.stringify(row)}\n`;

const csvCell = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[\s]*[=+\-@\t\r|%]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
