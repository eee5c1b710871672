import type { AuditEntry } from '../../../../shared/domain/audit/audit-entry.schema.ts';

export type ChangedValue = {
  readonly field: string;
  readonly before: string;
  readonly after: string;
};

/** Identity and book-keeping of the stored state: they are no news. */
const quiet: ReadonlySet<string> = new Set([
  'env',
  'project',
  'workflow',
  'task',
  'rev',
  'changedAt',
]);

/** What an operation changed: each field whose value differs, `–` where there was none. */
export const changedValues = (detail: AuditEntry['detail']): readonly ChangedValue[] => {
  const [before, after] = [fieldsOf(detail?.before), fieldsOf(detail?.after)];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !quiet.has(field))
    .map((field) => ({ field, before: textOf(before[field]), after: textOf(after[field]) }))
    .filter((value) => value.before !== value.after);
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
