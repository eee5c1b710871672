import { Temporal } from 'temporal-polyfill';
import { err, ok, type Result } from '../kernel/result.ts';

type Unit = 'years' | 'months' | 'days' | 'hours' | 'minutes';

/** A point in local time, written with a format: `yyyymmdd-1`, `yyyy-mm-dd hh24:mi:ss`, `add_months(yyyymmdd,-1)`. */
export type DateExpression = {
  readonly format: string;
  readonly amount: number;
  readonly unit: Unit;
  /** Names a time of day, which a business date does not have. */
  readonly hasTime: boolean;
};

const format = `(?:yyyy|mm|dd|hh24|mi|ss|[-/:._ ])*?(?:yyyy|mm|dd|hh24|mi|ss)`;
const shifted = new RegExp(
  String.raw`^(${format})\s*(?:([+-])\s*(\d{1,5})(?:\s*\*\s*(\d{1,3}))?(\s*/\s*24)?(\s*/\s*60)?)?$`,
);
const months = new RegExp(
  String.raw`^add_months\(\s*(${format})\s*,\s*([+-]?)\s*(\d{1,5})(?:\s*\*\s*(\d{1,3}))?\s*\)$`,
);

/**
 * Reads what stands inside `${…}` or `$[…]` as a date (nodes-and-instances 6.6). `±N` counts days, months when the
 * format has no day (`yyyymm-1`), years when it has neither (`yyyy-1`); `±N/24` counts hours, `±N/24/60` minutes, and
 * `±7*N` multiplies. `add_months(format,±N)` counts months. Undefined when the text is no date expression at all.
 */
export const parseDateExpression = (text: string): Result<DateExpression, string> | undefined => {
  const inMonths = months.exec(text);
  if (inMonths) {
    const [, pattern = '', sign, count = '', times = '1'] = inMonths;
    return ok(expression(pattern, sign === '-', Number(count) * Number(times), 'months'));
  }

  const inDays = shifted.exec(text);
  if (!inDays) return undefined;
  const [, pattern = '', sign, count = '0', times = '1', hours, minutes] = inDays;
  if (minutes && !hours) return err('counts minutes as N/24/60');
  const amount = Number(count) * Number(times);
  const unit = minutes ? 'minutes' : hours ? 'hours' : unitOf(pattern);
  return ok(expression(pattern, sign === '-', amount, unit));
};

/** The text of a date expression at a local time `YYYY-MM-DDTHH:mm:ss`. A day that a month lacks becomes its last. */
export const formatDate = (expression: DateExpression, local: string): string => {
  const at = Temporal.PlainDateTime.from(local).add({ [expression.unit]: expression.amount });
  const two = (value: number) => String(value).padStart(2, '0');
  const letters: Readonly<Record<string, string>> = {
    yyyy: String(at.year).padStart(4, '0'),
    mm: two(at.month),
    dd: two(at.day),
    hh24: two(at.hour),
    mi: two(at.minute),
    ss: two(at.second),
  };
  return expression.format.replace(/yyyy|mm|dd|hh24|mi|ss/g, (token) => letters[token] ?? token);
};

const expression = (
  pattern: string,
  negative: boolean,
  amount: number,
  unit: Unit,
): DateExpression => ({
  format: pattern,
  amount: negative ? -amount : amount,
  unit,
  hasTime: /hh24|mi|ss/.test(pattern),
});

const unitOf = (pattern: string): Unit => {
  if (/dd|hh24|mi|ss/.test(pattern)) return 'days';
  return pattern.includes('mm') ? 'months' : 'years';
};
