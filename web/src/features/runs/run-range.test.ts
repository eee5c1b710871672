import { describe, expect, it } from 'vitest';
import { chosenRange, rangeOf } from './run-range.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const range = (asked: Parameters<typeof rangeOf>[0], zone = 'UTC') => rangeOf(asked, zone, now);

describe('the time range of a list of runs', () => {
  it('W10 is today, whole, when nothing is asked for', () => {
    expect(range({})).toEqual({
      from: '2026-11-20T00:00:00.000Z',
      until: '2026-11-20T23:59:59.999Z',
    });
    expect(range({}, 'Asia/Shanghai')).toEqual({
      from: '2026-11-19T16:00:00.000Z',
      until: '2026-11-20T15:59:59.999Z',
    });
    expect(chosenRange({})).toBe('today');
  });

  it('is what was chosen, days of one’s own before all else', () => {
    expect(range({ range: 'yesterday' }).until).toBe('2026-11-19T23:59:59.999Z');
    expect(range({ range: '7d' }).from).toBe('2026-11-14T00:00:00.000Z');
    expect(range({ range: 'all' })).toEqual({});
    expect(range({ range: '7d', to: '2026-11-01' })).toEqual({
      until: '2026-11-01T23:59:59.999Z',
    });
    expect(chosenRange({ range: '7d', from: '2026-11-01' })).toBe('custom');
  });

  it('is any time for a business date, whose runs need not be due today', () => {
    expect(range({ bizDate: '2026-10-01' })).toEqual({});
  });

  it('holds the days on which the clocks change as long as they are', () => {
    const berlin = { from: '2026-10-25', to: '2026-10-25' };
    expect(range(berlin, 'Europe/Berlin')).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      until: '2026-10-25T22:59:59.999Z',
    });
  });
});
