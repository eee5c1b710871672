import type { AuditEntry } from '../../../../shared/domain/audit/audit-entry.schema.ts';

/** A field whose value the entry says before, after or both. */
export type Change = {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** Counts edits and says nothing to people. */
const silent = new Set(['rev', 'updatedAt', 'changedAt', 'v']);

/** What an entry says to have changed, field by field; fields that stayed as they were are left out. */
export const changesOf = ({ detail }: AuditEntry): readonly Change[] => {
  const before = fieldsOf(detail?.before);
  const after = fieldsOf(detail?.after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((field) => !silent.has(field) && before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field] }));
};

const fieldsOf = (value: unknown): Readonly<Record<string, string>> => {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return { '': textOf(value) };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && each !== null)
      .map(([field, each]) => [field, textOf(each)]),
  );
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
