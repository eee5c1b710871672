import type { AuditEntry } from '../../../../shared/domain/audit/audit-entry.schema.ts';

const columns: readonly (readonly [string, (entry: AuditEntry) => unknown])[] = [
  ['at', ({ at }) => at],
  ['actor', ({ actor }) => actor],
  ['action', ({ action }) => action],
  ['object', ({ object }) => object],
  ['project', ({ project }) => project],
  ['env', ({ env }) => env],
  ['bizDate', ({ bizDate }) => bizDate],
  ['comment', ({ reason }) => reason],
  ['source', ({ detail }) => detail?.source],
  ['requestId', ({ detail }) => detail?.requestId],
  ['before', ({ detail }) => detail?.before],
  ['after', ({ detail }) => detail?.after],
];

/** Entries as CSV (RFC 4180), one row each under a header. */
export const csvOf = (entries: readonly AuditEntry[]): string =>
  [
    columns.map(([name]) => name).join(','),
    ...entries.map((entry) => columns.map(([, read]) => cellOf(read(entry))).join(',')),
  ].join('\r\n');

const cellOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A spreadsheet takes what begins so for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
