export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** What a field may hold; anything else is written as JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** A line as the event `Task Log` carries it. */
export type Line = {
  readonly at: string;
  readonly level: Level;
  readonly text: string;
  readonly category?: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
};

const mostFields = 50;
const longestName = 128;
const longestCategory = 64;
/** Characters of a text or a field: with four bytes each a line still fits into an event of 256 KB. */
const longestText = 40_000;
const longestField = 2_000;

/** Makes a line of whatever is given: it never throws, since a log must not break what it reports on. */
export const lineOf = (
  at: string,
  level: Level,
  text: unknown,
  {
    category,
    fields,
  }: { readonly category?: string | undefined; readonly fields?: Fields | undefined },
): Line => ({
  ...{ at, level },
  text: cut(textOf(text), longestText),
  ...(category?.trim() ? { category: cut(category.trim(), longestCategory) } : {}),
  ...(fields ? { fields: fieldsOf(fields) } : {}),
});

const fieldsOf = (fields: Fields): NonNullable<Line['fields']> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .slice(0, mostFields)
      .map(([name, value]) => [name.slice(0, longestName), fieldOf(value)]),
  );

const fieldOf = (value: unknown): string | number | boolean => {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value;
  return cut(textOf(value), longestField);
};

const textOf = (value: unknown): string => {
  try {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.stack ?? String(value);
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
};

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
