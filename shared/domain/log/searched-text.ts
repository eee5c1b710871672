import type { LogLine } from './log-line.schema.ts';

/** What a content search looks at: the text, and after it each field as `name=value` on a line of its own. */
export const searchedTextOf = ({ text, fields }: Pick<LogLine, 'text' | 'fields'>): string =>
  fields === undefined
    ? text
    : [text, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join('\n');
