import { type DateExpression, parseDateExpression } from './date-expression.ts';

/** Values that every instance has (nodes-and-instances 6.6); no parameter may take one of these names. */
const builtInNames = [
  'bizdate',
  'bizmonth',
  'cyctime',
  'gmtdate',
  'taskId',
  'nodeId',
  'project',
  'workflow',
  'run',
  'attempt',
] as const;

/** One thing that a text asks for. `text` is how it stands there, for messages. */
export type Reference =
  | { readonly kind: 'parameter'; readonly text: string; readonly name: string }
  | { readonly kind: 'built-in'; readonly text: string; readonly name: string }
  | {
      readonly kind: 'output';
      readonly text: string;
      readonly task: string;
      readonly output: string;
    }
  | {
      readonly kind: 'date';
      readonly text: string;
      readonly base: 'bizdate' | 'cyctime';
      readonly date: DateExpression;
    }
  | { readonly kind: 'malformed'; readonly text: string; readonly message: string };

export type TemplatePart = string | Reference;

/** `$[0]`, `$['a']` and `$[*]` are JSON paths, not dates. */
const marks =
  /\$\$|\$\{[^}]*\}|\$\{|\$\[(?!['"\d*#])[^\]]*\]|\$(?:bizdate|bizmonth|cyctime|gmtdate)\b/g;

/**
 * Splits a text into literal pieces and references: `${name}`, `${task.output}`, `${yyyymmdd-1}` on the business date,
 * `$[yyyymmddhh24miss-1/24]` on the due time, and `$bizdate`, `$bizmonth`, `$cyctime`, `$gmtdate`. `$$` is one dollar.
 */
export const parseTemplate = (text: string): readonly TemplatePart[] => {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(match[0] === '$$' ? '$' : referenceOf(match[0]));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
};

/** Everything that a text asks for, in order, for checks before it runs. */
export const referencesOf = (text: string): readonly Reference[] =>
  parseTemplate(text).filter((part) => typeof part !== 'string');

/** A parameter of this name could never be read: the name means a built-in value or a date. */
export const isReservedName = (name: string): boolean =>
  isBuiltIn(name) || parseDateExpression(name) !== undefined;

const isBuiltIn = (name: string): boolean => builtInNames.some((builtIn) => builtIn === name);

const referenceOf = (text: string): Reference => {
  const malformed = (message: string): Reference => ({ kind: 'malformed', text, message });
  if (text === '${') return malformed('has no closing brace (write $$ for a dollar sign)');
  if (text.startsWith('$[')) return dueTimeOf(text, malformed);
  if (!text.startsWith('${')) return { kind: 'built-in', text, name: text.slice(1) };

  const name = text.slice(2, -1).trim();
  if (isBuiltIn(name)) return { kind: 'built-in', text, name };

  const date = parseDateExpression(name);
  if (date && !date.ok) return malformed(date.error);
  if (
    date &&
    (date.value.hasTime || date.value.unit === 'hours' || date.value.unit === 'minutes')
  ) {
    return malformed('a business date has no time of day (use $[…] for the due time)');
  }
  if (date) return { kind: 'date', text, base: 'bizdate', date: date.value };

  if (/^[A-Za-z_]\w*$/.test(name)) return { kind: 'parameter', text, name };
  const output = /^([A-Za-z0-9][\w.-]*)\.([A-Za-z_]\w*)$/.exec(name);
  return output
    ? { kind: 'output', text, task: output[1] ?? '', output: output[2] ?? '' }
    : malformed('is no parameter, output (task.name) or date such as yyyymmdd-1');
};

const dueTimeOf = (text: string, malformed: (message: string) => Reference): Reference => {
  const date = parseDateExpression(text.slice(2, -1).trim());
  if (!date)
    return malformed('is no date such as yyyymmddhh24miss-1/24 (write $$[ for a plain $[)');
  return date.ok
    ? { kind: 'date', text, base: 'cyctime', date: date.value }
    : malformed(date.error);
};
