import { describe, expect, it } from 'vitest';
import { chosenWindow, includesNow, windowOf } from './monitoring-range.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

describe('the time selector of the overview of runs', () => {
  it('W52 is today in the zone of the project, up to now', () => {
    expect(windowOf({}, 'UTC', now)).toEqual({ from: '2026-11-20T00:00:00.000Z' });
    expect(windowOf({}, 'Asia/Shanghai', now)).toEqual({ from: '2026-11-19T16:00:00.000Z' });
    expect(includesNow(windowOf({}, 'UTC', now), now)).toBe(true);
    expect(chosenWindow({})).toBe('today');
  });

  it('knows yesterday, the last 3 days and the last 7', () => {
    const yesterday = windowOf({ range: 'yesterday' }, 'UTC', now);
    expect(yesterday).toEqual({
      from: '2026-11-19T00:00:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
    });
    expect(includesNow(yesterday, now)).toBe(false);
    expect(windowOf({ range: '3d' }, 'UTC', now)).toEqual({ from: '2026-11-17T12:00:00.000Z' });
    expect(windowOf({ range: '7d' }, 'UTC', now)).toEqual({ from: '2026-11-13T12:00:00.000Z' });
  });

  it('takes a beginning and an end of one’s own, both or none', () => {
    const own = { from: '2026-11-18T08:00:00.000Z', to: '2026-11-18T09:00:00.000Z' };
    expect(windowOf({ range: '7d', ...own }, 'UTC', now)).toEqual(own);
    expect(chosenWindow({ range: '7d', ...own })).toBe('custom');
    expect(chosenWindow({ from: own.from })).toBe('today');
  });

  it('holds the days on which the clocks change as long as they are', () => {
    const at = Date.parse('2026-10-26T10:00:00Z');
    expect(windowOf({ range: 'yesterday' }, 'Europe/Berlin', at)).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
  });
});
