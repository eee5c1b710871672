import { describe, expect, it } from 'vitest';
import { monitoringWindow, stepSecondsOf, utcDaysOf } from './monitoring-window.ts';

const now = '2026-11-20T12:03:20.000Z';
const window = (asked: Parameters<typeof monitoringWindow>[0], zone = 'UTC', at = now) => {
  const found = monitoringWindow(asked, at, zone);
  return found.ok ? found.value : found.error;
};

describe('the window of the overview of runs', () => {
  it('W52 is today in the zone of the project, up to now, when nothing is asked for', () => {
    expect(window({})).toEqual({
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-20T12:05:00.000Z',
    });
    expect(window({}, 'Asia/Shanghai').valueOf()).toMatchObject({
      from: '2026-11-19T16:00:00.000Z',
    });
    expect(window({}, 'UTC', '2026-11-20T00:00:00.000Z')).toEqual({
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-20T00:05:00.000Z',
    });
  });

  it('W53 reaches back seven days and refuses what is older, naming the field', () => {
    expect(window({ from: '2026-11-13T00:00:00.000Z' })).toHaveProperty('from');
    expect(window({ from: '2026-11-12T23:59:59.999Z' })).toMatchObject({ field: 'from' });
    expect(window({ from: '2026-11-12T16:00:00.000Z' }, 'Asia/Shanghai')).toHaveProperty('from');
    // Seven times 24 hours ago is always within reach, whatever the zone.
    for (const zone of ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Asia/Kathmandu'])
      expect(window({ from: '2026-11-13T12:03:20.000Z' }, zone)).toHaveProperty('from');
  });

  it('refuses an end that is not after the beginning, or lies in times to come', () => {
    const from = '2026-11-19T00:00:00.000Z';
    expect(window({ from, to: from })).toMatchObject({ field: 'to' });
    expect(window({ from, to: '2026-11-23T00:00:00.000Z' })).toMatchObject({ field: 'to' });
    expect(window({ from: '2027-01-01T00:00:00.000Z' })).toMatchObject({ field: 'from' });
  });

  it('is widened to whole five minutes', () => {
    expect(window({ from: '2026-11-20T01:02:00.000Z', to: '2026-11-20T01:07:00.001Z' })).toEqual({
      from: '2026-11-20T01:00:00.000Z',
      to: '2026-11-20T01:10:00.000Z',
    });
  });

  it('is cut into 5 min up to 6 h, 15 min up to 24 h, 1 h up to 3 d, else 6 h', () => {
    const hours = (count: number) =>
      stepSecondsOf({
        from: '2026-11-14T00:00:00.000Z',
        to: new Date(Date.parse('2026-11-14T00:00:00.000Z') + count * 3_600_000).toISOString(),
      }) / 60;
    expect([6, 6.1, 24, 24.1, 72, 72.1].map(hours)).toEqual([5, 15, 15, 60, 60, 360]);
  });

  it('touches the days in UTC that its half-open end lies in', () => {
    const days = (from: string, to: string) => utcDaysOf({ from, to });
    expect(days('2026-11-19T16:00:00.000Z', '2026-11-20T16:00:00.000Z')).toEqual([
      '2026-11-20',
      '2026-11-19',
    ]);
    expect(days('2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z')).toEqual(['2026-11-19']);
  });

  it('holds a day on which the clocks change as long as it is', () => {
    const berlin = window({}, 'Europe/Berlin', '2026-10-25T23:00:00.000Z');
    expect(berlin).toMatchObject({ from: '2026-10-25T23:00:00.000Z' });
    const long = window({}, 'Europe/Berlin', '2026-10-25T22:59:00.000Z');
    expect(long).toMatchObject({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
  });
});
