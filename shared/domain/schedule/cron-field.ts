import { err, ok, type Result } from '../kernel/result.ts';

export type CronFieldName =
  | 'second'
  | 'minute'
  | 'hour'
  | 'day-of-month'
  | 'month'
  | 'day-of-week'
  | 'year';

/** Unix counts Sunday as 0 (and 7), AWS as 1. */
export type WeekdayNumbers = 'unix' | 'aws';

/**
 * What one field asks for. `values` are plain numbers (weekdays 0–6, Sunday 0); `special` are the day rules that depend
 * on the month, as `croner` writes them (`L`, `LW`, `15W`, `5#2`, `5#L`).
 */
export type CronField = {
  /** `*` or `?`: the field restricts nothing. */
  readonly any: boolean;
  /** `*`, `* /n` or `a/n`: the author asked for an interval, not for fixed times. */
  readonly interval: boolean;
  readonly values: readonly number[];
  readonly special: readonly string[];
};

type Range = {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  readonly wraps: boolean;
};

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const ranges: Readonly<Record<CronFieldName, Range>> = {
  second: { min: 0, max: 59, names: [], wraps: false },
  minute: { min: 0, max: 59, names: [], wraps: false },
  hour: { min: 0, max: 23, names: [], wraps: true },
  'day-of-month': { min: 1, max: 31, names: [], wraps: false },
  month: { min: 1, max: 12, names: months, wraps: true },
  'day-of-week': { min: 0, max: 6, names: weekdays, wraps: true },
  year: { min: 1970, max: 2199, names: [], wraps: false },
};

/**
 * Reads one field: lists, ranges (hours, months and weekdays may wrap, as in `FRI-MON`), steps, names, and in the day
 * fields `?`, `L`, `W`, `LW` and `#`. The error is a sentence that says what is wrong and what to write instead.
 */
export const parseCronField = (
  name: CronFieldName,
  text: string,
  weekdayNumbers: WeekdayNumbers,
): Result<CronField, string> => {
  const isDay = name === 'day-of-month' || name === 'day-of-week';
  if (text === '?') {
    return isDay
      ? ok({ any: true, interval: true, values: [], special: [] })
      : err('"?" may stand only in day-of-month or day-of-week; use "*"');
  }

  let any = false;
  let interval = false;
  const values = new Set<number>();
  const special = new Set<string>();

  for (const item of text.toUpperCase().split(',')) {
    const rule = isDay ? specialDay(name, item, weekdayNumbers) : undefined;
    if (rule !== undefined) {
      if (!rule.ok) return rule;
      special.add(rule.value);
      continue;
    }
    const numbers = expandItem(name, item, weekdayNumbers);
    if (!numbers.ok) return numbers;
    any ||= item === '*';
    interval ||= item.startsWith('*') || (item.includes('/') && !item.includes('-'));
    for (const value of numbers.value) values.add(value);
  }

  return ok({
    any,
    interval,
    values: [...values].sort((a, b) => a - b),
    special: [...special],
  });
};

/** `L`, `LW`, `15W`, `FRIL`, `FRI#2`; undefined when the item is none of these forms. */
const specialDay = (
  name: CronFieldName,
  item: string,
  weekdayNumbers: WeekdayNumbers,
): Result<string, string> | undefined => {
  if (name === 'day-of-month') {
    if (item === 'L' || item === 'LW') return ok(item);
    const nearest = /^(\d{1,2})W$/.exec(item);
    if (nearest) {
      const day = Number(nearest[1]);
      return day >= 1 && day <= 31 ? ok(`${day}W`) : err(`"${item}" needs a day from 1 to 31`);
    }
    return /[LW]/.test(item) && !isToLastDay(name, item)
      ? err(
          `"${item}" is not supported; use L (last day), LW (last weekday) or 15W (nearest weekday)`,
        )
      : undefined;
  }

  if (item === 'L') {
    return weekdayNumbers === 'aws'
      ? ok('6#1,6#2,6#3,6#4,6#5')
      : err('"L" needs a weekday here; use for example FRIL for the last Friday of the month');
  }
  const last = /^(\w+)L$/.exec(item);
  const lastDay = last ? numberOf(name, last[1] ?? '', weekdayNumbers) : undefined;
  if (lastDay !== undefined) return ok(`${lastDay % 7}#L`);

  const [day = '', nth, ...rest] = item.split('#');
  if (nth === undefined) return undefined;
  const weekday = numberOf(name, day, weekdayNumbers);
  if (weekday === undefined || rest.length > 0) {
    return err(`"${item}" needs one weekday before "#", for example FRI#2 for the second Friday`);
  }
  if (nth === 'L') return ok(`${weekday % 7}#L`);
  return /^[1-5]$/.test(nth)
    ? ok(`${weekday % 7}#${nth}`)
    : err(
        `"${item}" needs a number from 1 to 5 after "#", for example FRI#2 for the second Friday`,
      );
};

/** `29-L`: to the last day, which is to 31, for no month has a day after its last. */
const isToLastDay = (name: CronFieldName, item: string): boolean =>
  name === 'day-of-month' && /^\d+-L(\/\d+)?$/.test(item);

const expandItem = (
  name: CronFieldName,
  item: string,
  weekdayNumbers: WeekdayNumbers,
): Result<readonly number[], string> => {
  const { min, max, wraps } = ranges[name];
  const parts = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\w+))?$/.exec(item);
  if (!parts) return err(`"${item}" is not understood; ${allowed(name, weekdayNumbers)}`);
  const [, star, fromText, toText, stepText] = parts;

  const from = star ? min : numberOf(name, fromText ?? '', weekdayNumbers);
  let to: number | undefined = max;
  if (isToLastDay(name, item)) to = max;
  else if (toText !== undefined) to = numberOf(name, toText, weekdayNumbers);
  else if (!star && stepText === undefined) to = from;
  if (from === undefined || to === undefined) {
    const wrong = from === undefined ? fromText : toText;
    return err(`"${wrong}" is out of range; ${allowed(name, weekdayNumbers)}`);
  }

  const size = max - min + 1;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (!Number.isInteger(step) || step < 1 || step > size) {
    return err(`the step in "${item}" must be a whole number from 1 to ${size}`);
  }
  if (to < from && !wraps) {
    return err(`the range "${item}" runs backwards; write the smaller number first`);
  }

  const end = to < from ? to + size : to;
  const values: number[] = [];
  for (let value = from; value <= end; value += step) values.push(((value - min) % size) + min);
  return ok(values);
};

/** A number or name of this field; weekdays as 0–7 with Sunday 0 (or 7 where it was written so). */
const numberOf = (
  name: CronFieldName,
  text: string,
  weekdayNumbers: WeekdayNumbers,
): number | undefined => {
  const { min, max, names } = ranges[name];
  const named = names.indexOf(text);
  if (named >= 0) return named + min;
  if (!/^\d{1,4}$/.test(text)) return undefined;

  const value = Number(text);
  if (name !== 'day-of-week') return value >= min && value <= max ? value : undefined;
  if (weekdayNumbers === 'aws') return value >= 1 && value <= 7 ? value - 1 : undefined;
  return value <= 7 ? value : undefined;
};

const allowed = (name: CronFieldName, weekdayNumbers: WeekdayNumbers): string => {
  if (name === 'day-of-week') {
    return weekdayNumbers === 'aws'
      ? 'use 1 to 7 (1 is Sunday) or SUN to SAT'
      : 'use 0 to 7 (0 and 7 are Sunday) or SUN to SAT';
  }
  const { min, max } = ranges[name];
  return name === 'month' ? 'use 1 to 12 or JAN to DEC' : `use ${min} to ${max}`;
};
