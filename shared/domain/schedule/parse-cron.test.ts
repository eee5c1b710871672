import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOccurrences } from './next-occurrences.ts';
import { parseCron } from './parse-cron.ts';

const cronOf = (expression: string) => {
  const cron = parseCron(expression);
  if (!cron.ok) throw new Error(cron.error.message);
  return cron.value;
};

const next = (expression: string, from: string, count = 3) =>
  nextOccurrences(cronOf(expression), { zone: 'UTC', dst: 'shift', from, count }).map(({ at }) =>
    at.slice(0, 16),
  );

describe('cron dialects', () => {
  it.each([
    ['30 2 * * *', ['2026-11-21T02:30', '2026-11-22T02:30', '2026-11-23T02:30']],
    ['0 30 2 * * *', ['2026-11-21T02:30', '2026-11-22T02:30', '2026-11-23T02:30']],
    ['0 30 2 1 1 * 2028,2030', ['2028-01-01T02:30', '2030-01-01T02:30']],
    ['cron(30 2 * * ? *)', ['2026-11-21T02:30', '2026-11-22T02:30', '2026-11-23T02:30']],
  ])('W25 reads %s', (expression, expected) => {
    expect(next(expression, '2026-11-20T12:00:00.000Z')).toEqual(expected);
  });

  it('counts weekdays from Sunday 0 in Unix and from Sunday 1 in AWS', () => {
    const from = '2026-11-20T12:00:00.000Z';
    expect(next('0 0 * * 1', from, 1)).toEqual(['2026-11-23T00:00']);
    expect(next('cron(0 0 ? * 1 *)', from, 1)).toEqual(['2026-11-22T00:00']);
    expect(next('cron(0 0 ? * L *)', from, 2)).toEqual(['2026-11-21T00:00', '2026-11-28T00:00']);
    expect(next('cron(0 0 ? * 6#3 *)', from, 1)).toEqual(['2026-12-18T00:00']);
  });

  it.each([
    ['61 * * * *', 'minute'],
    ['5,, * * * *', 'minute'],
    ['50-10 * * * *', 'minute'],
    ['*/0 * * * *', 'minute'],
    ['*/90 * * * *', 'minute'],
    ['0 24 * * *', 'hour'],
    ['0 0 32 * *', 'day-of-month'],
    ['0 0 L-2 * *', 'day-of-month'],
    ['0 0 40W * *', 'day-of-month'],
    ['0 0 * 13 *', 'month'],
    ['0 0 * FOO *', 'month'],
    ['0 0 * * 8', 'day-of-week'],
    ['0 0 * * FRI#6', 'day-of-week'],
    ['0 0 * * L', 'day-of-week'],
    ['0 0 * *', 'day-of-week'],
    ['77 0 0 * * *', 'second'],
    ['0 0 0 1 1 * 1492', 'year'],
    ['cron(0 0 ? * 8 *)', 'day-of-week'],
    ['cron(0 0 * * * *)', 'day-of-week'],
    ['cron(0 0 ? * ? *)', 'day-of-week'],
    ['cron(0 0 * * ?)', 'year'],
    ['* * * * * * * *', 'expression'],
    ['rate(1 day)', 'expression'],
    ['@daily', 'expression'],
    ['', 'expression'],
    ['nonsense', 'hour'],
  ])('W25 refuses %s and names the field %s', (expression, field) => {
    const cron = parseCron(expression);
    expect(cron).toMatchObject({ ok: false, error: { field } });
    expect(cron.ok ? '' : cron.error.message).toMatch(new RegExp(`^${field}: .{10,}`));
  });

  it('W25 names the spoiled field whichever of the five or six it is', () => {
    const fields = ['second', 'minute', 'hour', 'day-of-month', 'month', 'day-of-week'] as const;
    fc.assert(
      fc.property(
        fc.nat(5),
        fc.boolean(),
        fc.constantFrom('99', 'x', '1-', '/5', '*/x'),
        (index, five, bad) => {
          const skip = five ? 1 : 0;
          const names = fields.slice(skip);
          const spoiled = index % names.length;
          const texts = names.map((_, at) => (at === spoiled ? bad : '*'));
          expect(parseCron(texts.join(' '))).toMatchObject({
            ok: false,
            error: { field: names[spoiled] },
          });
        },
      ),
    );
  });

  it('never throws, whatever is typed', () => {
    const token = fc.constantFrom(
      '*',
      '?',
      'L',
      'W',
      '#',
      '-',
      '/',
      ',',
      '1',
      '31',
      'MON',
      ' ',
      'x',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 24 }), (tokens) => {
        expect(() => parseCron(tokens.join(''))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});

const dayMs = 86_400_000;
const lastOf = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0));

/** The same rules said a second time, from the calendar. */
const oracle: Readonly<Record<string, (at: Date) => boolean>> = {
  '1,30': (at) => [1, 30].includes(at.getUTCDate()),
  L: (at) => at.getUTCDate() === lastOf(at).getUTCDate(),
  LW: (at) => {
    const last = lastOf(at);
    const back = { 0: 2, 6: 1 }[last.getUTCDay()] ?? 0;
    return at.getUTCDate() === last.getUTCDate() - back;
  },
  '15W': (at) => {
    const day = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 15)).getUTCDay();
    return at.getUTCDate() === 15 + (day === 6 ? -1 : day === 0 ? 1 : 0);
  },
  '29-L': (at) => at.getUTCDate() >= 29,
};
const weekdayOracle: Readonly<Record<string, (at: Date) => boolean>> = {
  'MON,THU': (at) => [1, 4].includes(at.getUTCDay()),
  'FRI-MON': (at) => [5, 6, 0, 1].includes(at.getUTCDay()),
  'TUE#2': (at) => at.getUTCDay() === 2 && Math.ceil(at.getUTCDate() / 7) === 2,
  WEDL: (at) => at.getUTCDay() === 3 && at.getUTCDate() + 7 > lastOf(at).getUTCDate(),
};

describe('day rules', () => {
  it('a day fires when either restricted day field matches, in the chosen months', () => {
    const day = fc.constantFrom('*', ...Object.keys(oracle));
    const weekday = fc.constantFrom('*', ...Object.keys(weekdayOracle));
    const month = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 });
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { minLength: 1, maxLength: 3 }),
        weekday,
        month,
        fc.integer({ min: 18_262, max: 25_567 }),
        (days, weekdayRule, months, from) => {
          const dayText = days.includes('*') ? '*' : days.join(',');
          const cron = cronOf(`0 0 ${dayText} ${months.join(',')} ${weekdayRule}`);
          const ofDays = dayText === '*' ? [] : days.flatMap((rule) => oracle[rule] ?? []);
          const rules = [
            ...ofDays,
            ...(weekdayOracle[weekdayRule] ? [weekdayOracle[weekdayRule]] : []),
          ];
          for (let epochDay = from; epochDay < from + 400; epochDay++) {
            const at = new Date(epochDay * dayMs);
            const text = at.toISOString().slice(0, 10);
            const fires =
              months.includes(at.getUTCMonth() + 1) &&
              (rules.length === 0 || rules.some((rule) => rule?.(at)));
            if ((cron.nextDay(text) === text) !== fires)
              throw new Error(`${cron.expression} ${text}`);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends where the years end and where a day never comes', () => {
    expect(next('0 0 0 1 1 * 2027', '2026-11-20T00:00:00.000Z')).toEqual(['2027-01-01T00:00']);
    expect(next('0 0 30 2 *', '2026-11-20T00:00:00.000Z')).toEqual([]);
    expect(next('0 0 29 2 *', '2096-03-01T00:00:00.000Z', 1)).toEqual(['2104-02-29T00:00']);
  });
});
