import { describe, expect, it } from 'vitest';
import { nextFire } from './schedule-expression.ts';

const next = (expression: string, after: string): string =>
  new Date(nextFire(expression, 'UTC', 'Every')(Date.parse(after))).toISOString();

describe('a schedule of the template', () => {
  it.each([
    ['rate(1 minute)', '2026-01-01T00:00:30Z', '2026-01-01T00:01:00.000Z'],
    ['rate(15 minutes)', '2026-01-01T00:15:00Z', '2026-01-01T00:30:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-01-01T00:16:00Z', '2026-01-01T00:30:00.000Z'],
    ['cron(30 2 1 * ? *)', '2026-01-01T02:30:00Z', '2026-02-01T02:30:00.000Z'],
  ])('%s after %s fires at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each([
    ['at(2026-01-01T00:00:00)'],
    ['cron(0 0 ? * MON *)'],
    ['cron(0 0 * * ? 2027)'],
    ['rate(1 minut)'],
  ])('refuses %s, naming its schedule', (expression) => {
    expect(() => nextFire(expression, 'UTC', 'Every')).toThrow(/Every/);
  });

  it('refuses a zone other than UTC', () => {
    expect(() => nextFire('cron(0 0 * * ? *)', 'Europe/Berlin', 'Every')).toThrow(/Every/);
  });
});
