import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayIn,
  formatBizDate,
  formatDuration,
  formatInstant,
  formatShort,
  zoneText,
} from './format.ts';

const at = '2026-11-19T18:30:00.000Z';

describe('times in the console', () => {
  it('are shown in the zone that is asked for', () => {
    expect(formatInstant(at, 'UTC', 'en')).toBe('Nov 19, 2026, 18:30:00');
    expect(formatInstant(at, 'Asia/Shanghai', 'en')).toBe('Nov 20, 2026, 02:30:00');
    expect(formatInstant(at, 'Asia/Shanghai', 'zh-CN')).toBe('2026年11月20日 02:30:00');
    expect(zoneText('Asia/Shanghai', at, 'en')).toBe('Asia/Shanghai (GMT+8)');
  });

  it('leave the date out today only', () => {
    const now = Date.parse('2026-11-19T20:00:00Z');
    expect(formatShort(at, 'UTC', 'en', now)).toBe('18:30:00');
    expect(formatShort(at, 'UTC', 'en', now + 86_400_000)).toBe('Nov 19, 18:30:00');
  });

  it('never shift a business date', () => {
    expect(formatBizDate('2026-11-19', 'en')).toBe('Nov 19, 2026');
    expect(formatBizDate('2026-11-19', 'zh-CN')).toBe('2026年11月19日');
  });

  it('know the calendar day of a zone', () => {
    expect(dayIn('Asia/Shanghai', Date.parse(at))).toBe('2026-11-20');
    expect(dayIn('America/New_York', Date.parse(at))).toBe('2026-11-19');
  });

  it('write durations in their two largest units', () => {
    expect(formatDuration(340, 'en')).toBe('340ms');
    expect(formatDuration(1_400, 'en')).toBe('1.4s');
    expect(formatDuration(125_000, 'en')).toBe('2m 5s');
    expect(formatDuration(7_500_000, 'en')).toBe('2h 5m');
    expect(formatDuration(90_000_000, 'en')).toBe('1d 1h');
  });

  it('give every duration a text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 10 ** 10 }), (ms) =>
        /^\d/.test(formatDuration(ms, 'en')),
      ),
    );
  });
});
