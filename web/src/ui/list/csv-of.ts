/** A byte order mark: without it spreadsheets take UTF-8 for something else. */
const mark = '\uFEFF';

/**
 * Rows as CSV (RFC 4180), one column for each field that any of them has, named as the API names it. Lists are joined by
 * a semicolon, objects stand as JSON. What a spreadsheet would take for a formula gets an apostrophe before it.
 */
export const csvOf = (rows: readonly object[]): string => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => {
    const values = new Map(Object.entries(row));
    return names.map((name) => cellOf(values.get(name))).join(',');
  });
  return `${mark}${[names.map(cellOf).join(','), ...lines].join('\r\n')}\r\n`;
};

const cellOf = (value: unknown): string => {
  const text = textOf(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(';');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
