import { err, ok, type Result } from '../kernel/result.ts';
import { formatDate } from './date-expression.ts';
import { parseTemplate, type Reference } from './parse-template.ts';

/**
 * What references resolve to: parameters and built-in values by name, outputs by `task.output`. Dates are computed from
 * `bizdate` (yyyymmdd) and `cyctime` (yyyymmddhh24miss, the due time on the project's clock), so these two are needed.
 */
export type Values = Readonly<Record<string, string>>;

/** The text with every reference filled in; the error names each reference that cannot be. Values are not read again. */
export const substitute = (text: string, values: Values): Result<string, string> => {
  const problems = new Set<string>();
  const filled = parseTemplate(text).map((part) => {
    if (typeof part === 'string') return part;
    const value = readReference(part, values);
    if (value.ok) return value.value;
    problems.add(value.error);
    return '';
  });
  return problems.size === 0 ? ok(filled.join('')) : err([...problems].join('; '));
};

/** `substitute` on every string in a JSON value; keys stay as they are. */
export const substituteIn = <T>(work: T, values: Values): Result<T, string> => {
  const problems: string[] = [];
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const text = substitute(value, values);
      if (text.ok) return text.value;
      problems.push(text.error);
      return value;
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };

  const filled = fill(work) as T;
  return problems.length === 0 ? ok(filled) : err([...new Set(problems)].join('; '));
};

/** The text of one reference, or a sentence on why there is none. */
export const readReference = (reference: Reference, values: Values): Result<string, string> => {
  switch (reference.kind) {
    case 'malformed':
      return err(`${reference.text}: ${reference.message}`);
    case 'date':
      return dateOf(reference, values);
    case 'output': {
      const value = own(values, `${reference.task}.${reference.output}`);
      return value === undefined
        ? err(`${reference.text}: task ${reference.task} has given no output ${reference.output}`)
        : ok(value);
    }
    default: {
      const value = own(values, reference.name);
      return value === undefined ? err(`${reference.text}: there is no such parameter`) : ok(value);
    }
  }
};

const dateOf = (
  { base, date, text }: Extract<Reference, { kind: 'date' }>,
  values: Values,
): Result<string, string> => {
  const digits = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/.exec(own(values, base) ?? '');
  if (!digits) return err(`${text}: ${base} is not known here`);
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = digits;
  return ok(formatDate(date, `${year}-${month}-${day}T${hour}:${minute}:${second}`));
};

/** Names come from users: `constructor` must not find what every object inherits. */
const own = (values: Values, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;
