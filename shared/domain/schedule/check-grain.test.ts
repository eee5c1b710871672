import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { checkGrain } from './check-grain.ts';
import { Schedule } from './schedule.schema.ts';

const check = (schedule: z.input<typeof Schedule>, floor?: number) =>
  checkGrain(Schedule.parse(schedule), floor);
const cron = (expression: string) => ({ every: 'cron' as const, cron: expression });

describe('the grain that publish accepts', () => {
  it('N5 refuses a minute interval below 5 unless the floor is lower', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59 }), (interval) => {
        expect(check({ every: 'minute', interval }).ok).toBe(interval >= 5);
        expect(check({ every: 'minute', interval }, 1)).toEqual({ ok: true, value: interval });
      }),
    );
  });

  it.each([
    ['* * * * *', 1, 'minute'],
    ['*/4 * * * *', 4, 'minute'],
    ['0,58 * * * *', 2, 'minute'],
    ['2,59 0,23 * * *', 3, 'minute'],
  ])('N5 refuses %s: fires %i min apart', (expression, grain, field) => {
    expect(check(cron(expression))).toMatchObject({ ok: false, error: { field } });
    expect(check(cron(expression), 1)).toEqual({ ok: true, value: grain });
  });

  it.each([
    ['*/5 * * * *', 5],
    ['0 * * * *', 60],
    ['0 1,13 * * *', 720],
    ['0 2 * * MON', 1440],
  ])('accepts %s: %i min', (expression, grain) => {
    expect(check(cron(expression))).toEqual({ ok: true, value: grain });
  });

  it('N5 takes only whole minutes', () => {
    expect(check(cron('30 0 2 * * *'))).toMatchObject({ ok: false, error: { field: 'second' } });
    expect(check(cron('0 0 2 * * *'), 1).ok).toBe(true);
  });

  it('refuses what cannot fire, and names the field', () => {
    expect(check(cron('0 0 30 2 *'))).toMatchObject({
      ok: false,
      error: { field: 'day-of-month' },
    });
    expect(check(cron('0 25 * * *'))).toMatchObject({ ok: false, error: { field: 'hour' } });
    expect(check({ every: 'year', on: ['02-30'] })).toMatchObject({
      ok: false,
      error: { field: 'on' },
    });
    expect(check({ every: 'year', on: ['02-29'] }).ok).toBe(true);
    expect(check({ every: 'minute', interval: 10, from: '10:00', to: '09:00' })).toMatchObject({
      ok: false,
      error: { field: 'to' },
    });
  });
});
