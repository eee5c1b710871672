import type { LogLine } from '../log/log-line.schema.ts';
import type { AlertCondition } from './alert-rule.schema.ts';

/** The first line that contains the text of a keyword condition, in any case; undefined without one. */
export const findKeyword = (
  condition: AlertCondition,
  lines: readonly LogLine[],
): (LogLine & { readonly keyword: string }) | undefined => {
  if (condition.on !== 'log-keyword') return undefined;
  const { text: keyword } = condition;
  const wanted = keyword.toLowerCase();
  const found = lines.find(({ text }) => text.toLowerCase().includes(wanted));
  return found && { ...found, keyword };
};
