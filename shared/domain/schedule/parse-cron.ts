import { Cron as DayPattern } from 'croner';
import { isoOf, plusDays } from '../kernel/calendar-day.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import {
  type CronField,
  type CronFieldName,
  parseCronField,
  type WeekdayNumbers,
} from './cron-field.ts';
import type { WallPattern } from './wall-pattern.ts';

/** What is wrong with a schedule text, where, and (in the message) how to mend it. */
export type CronProblem = {
  readonly field: CronFieldName | 'expression';
  readonly message: string;
};

export type Cron = WallPattern & {
  readonly expression: string;
  readonly fields: Readonly<Record<CronFieldName, CronField>>;
};

const unix: readonly CronFieldName[] = ['minute', 'hour', 'day-of-month', 'month', 'day-of-week'];

/** What a field means that the expression does not write. */
const unwritten: Readonly<Partial<Record<CronFieldName, string>>> = { second: '0', year: '*' };

/**
 * Reads a cron expression (spec/README decision 5): 5 fields are Unix; 6 have seconds first; 7 have seconds first and
 * the year last; `cron(…)` is the AWS form with six fields, the year last, weekdays 1–7 from Sunday and `?` in exactly
 * one day field. A bad expression names the field and the fix.
 *
 * Day-of-month and day-of-week, both restricted, mean either of them, as in Unix cron. The pattern counts as an
 * *interval* when its hour field is `*`, `* /n` or `a/n` (or lists all 24 hours): such a pattern runs in both passes of
 * a repeated hour and is never shifted out of a gap. Every other pattern, `* /20 1 * * *` too, names fixed local times.
 */
export const parseCron = (expression: string): Result<Cron, CronProblem> => {
  const layout = layoutOf(expression.trim());
  if (!layout.ok) return layout;
  const { names, texts, weekdayNumbers } = layout.value;

  const textOf = (name: CronFieldName) => texts[names.indexOf(name)] ?? unwritten[name] ?? '*';
  const read = (name: CronFieldName): Result<CronField, CronProblem> => {
    const field = parseCronField(name, textOf(name), weekdayNumbers);
    return field.ok ? field : err({ field: name, message: `${name}: ${field.error}` });
  };

  const second = read('second');
  if (!second.ok) return second;
  const minute = read('minute');
  if (!minute.ok) return minute;
  const hour = read('hour');
  if (!hour.ok) return hour;
  const dayOfMonth = read('day-of-month');
  if (!dayOfMonth.ok) return dayOfMonth;
  const month = read('month');
  if (!month.ok) return month;
  const dayOfWeek = read('day-of-week');
  if (!dayOfWeek.ok) return dayOfWeek;
  const year = read('year');
  if (!year.ok) return year;

  if (
    weekdayNumbers === 'aws' &&
    (textOf('day-of-month') === '?') === (textOf('day-of-week') === '?')
  ) {
    return err({
      field: 'day-of-week',
      message: 'day-of-week: cron(...) needs "?" in exactly one of day-of-month and day-of-week',
    });
  }

  const fields = {
    second: second.value,
    minute: minute.value,
    hour: hour.value,
    'day-of-month': dayOfMonth.value,
    month: month.value,
    'day-of-week': dayOfWeek.value,
    year: year.value,
  };
  return ok({ expression, fields, ...wallPatternOf(fields) });
};

type Layout = {
  readonly names: readonly CronFieldName[];
  readonly texts: readonly string[];
  readonly weekdayNumbers: WeekdayNumbers;
};

const layoutOf = (expression: string): Result<Layout, CronProblem> => {
  if (/^rate\s*\(/i.test(expression)) {
    return refused(
      'rate(...) counts from the moment of its creation and is no daily schedule; write a time, for example 0 2 * * *',
    );
  }
  if (expression.startsWith('@')) {
    return refused('nicknames are not supported; write the five fields, for example 0 0 * * *');
  }

  const aws = /^cron\s*\((.*)\)$/i.exec(expression);
  const texts = (aws?.[1] ?? expression)
    .trim()
    .split(/\s+/)
    .filter((text) => text !== '');
  if (texts.length === 0) return refused('is empty; write for example 0 2 * * *');
  if (aws) return counted([...unix, 'year'], texts, 'aws');
  if (texts.length === 6) return counted(['second', ...unix], texts, 'unix');
  if (texts.length >= 7) return counted(['second', ...unix, 'year'], texts, 'unix');
  return counted(unix, texts, 'unix');
};

const counted = (
  names: readonly CronFieldName[],
  texts: readonly string[],
  weekdayNumbers: WeekdayNumbers,
): Result<Layout, CronProblem> => {
  const missing = names[texts.length];
  if (missing !== undefined) {
    return err({
      field: missing,
      message: `${missing}: is missing; write ${names.length} fields: ${names.join(' ')}`,
    });
  }
  if (texts.length > names.length) {
    return refused(`has ${texts.length} fields; write ${names.length}: ${names.join(' ')}`);
  }
  return ok({ names, texts, weekdayNumbers });
};

const refused = (message: string): Result<never, CronProblem> =>
  err({ field: 'expression', message: `expression: ${message}` });

const wallPatternOf = (fields: Cron['fields']): WallPattern => {
  const hours = numbersOf(fields.hour, 0, 23);
  const minutes = numbersOf(fields.minute, 0, 59);
  const seconds = numbersOf(fields.second, 0, 59);

  return {
    secondsOfDay: hours.flatMap((hour) =>
      minutes.flatMap((minute) => seconds.map((second) => (hour * 60 + minute) * 60 + second)),
    ),
    interval: fields.hour.interval || hours.length === 24,
    nextDay: nextDayOf(fields),
  };
};

/**
 * Whether a day fits is croner's answer, asked day by day on days of UTC: its treatment of DST never matters, and its
 * own search skips the first of a month when the month before lacks a listed day (`1,30` after February). The two day
 * fields are separate patterns, as is `LW`: croner forgets `LW` beside a weekday and refuses it in a list.
 */
const nextDayOf = (fields: Cron['fields']): WallPattern['nextDay'] => {
  const { month, year } = fields;
  const dayOfMonth = fields['day-of-month'];
  const dayOfWeek = fields['day-of-week'];
  if (dayOfMonth.any && dayOfWeek.any && month.any && year.any) return (from) => from;

  const patterns = dayRulesOf(dayOfMonth, dayOfWeek).map(
    (rule) => new DayPattern(`0 0 0 ${rule}`, { timezone: 'UTC' }),
  );
  const months = numbersOf(month, 1, 12);
  return (from) => {
    const horizon = Math.min(Number(from.slice(0, 4)) + calendarYears, 9998);
    let day = from;
    while (Number(day.slice(0, 4)) <= horizon) {
      const at = new Date(`${day}T00:00:00Z`);
      if (!year.any && !year.values.includes(at.getUTCFullYear())) {
        day = dayOf(Date.UTC(at.getUTCFullYear() + 1, 0, 1));
      } else if (!months.includes(at.getUTCMonth() + 1)) {
        day = dayOf(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
      } else if (patterns.some((pattern) => pattern.match(at))) {
        return day;
      } else {
        day = plusDays(day, 1);
      }
    }
    return undefined;
  };
};

/** The calendar repeats after 400 years: a day that does not come by then never comes. */
const calendarYears = 400;

/** croner patterns `day month weekday`; a day fires when one of them matches. */
const dayRulesOf = (dayOfMonth: CronField, dayOfWeek: CronField): readonly string[] => {
  const listed = [...dayOfMonth.values, ...dayOfMonth.special.filter((rule) => rule !== 'LW')];
  const rules = [
    ...(!dayOfMonth.any && listed.length > 0 ? [`${listed.join(',')} * *`] : []),
    ...(!dayOfMonth.any && dayOfMonth.special.includes('LW') ? ['LW * *'] : []),
    ...(dayOfWeek.any ? [] : [`* * ${[...dayOfWeek.values, ...dayOfWeek.special].join(',')}`]),
  ];
  return rules.length === 0 ? ['* * *'] : rules;
};

const dayOf = (epochMs: number): BizDate => isoOf(epochMs).slice(0, 10);

const numbersOf = (field: CronField, min: number, max: number): readonly number[] =>
  field.any ? Array.from({ length: max - min + 1 }, (_, index) => min + index) : field.values;
