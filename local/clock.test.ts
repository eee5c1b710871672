import { describe, expect, it } from 'vitest';
import { hostClock, realTime, settleClock } from './clock.ts';

const now = Date.parse('2026-03-01T00:00:00Z');
const at = Date.parse('2026-03-28T21:50:00Z');

describe('the clock of the host', () => {
  it('is the real one without a wish', () => {
    expect(settleClock(undefined, {}, now)).toEqual(realTime);
  });

  it('starts at the wished instant and runs at the wished speed', () => {
    const setting = settleClock(undefined, { at, speed: 60 }, now);
    if ('refused' in setting) throw new Error(setting.refused);
    expect(now * setting.speed + setting.offset).toBe(at);
    expect((now + 1000) * setting.speed + setting.offset).toBe(at + 60_000);
  });

  it('stands still while the host is down when it is virtual', () => {
    const stored = { offset: 5, speed: 60, resumeAt: at };
    const setting = settleClock(stored, {}, now);
    if ('refused' in setting) throw new Error(setting.refused);
    expect(setting.speed).toBe(60);
    expect(now * 60 + setting.offset).toBe(at);
  });

  it('never goes back in a used state folder', () => {
    expect(settleClock({ ...realTime, resumeAt: at }, { at: at - 1 }, now)).toHaveProperty(
      'refused',
    );
  });

  it('scales waits by its speed', () => {
    expect(hostClock({ offset: 0, speed: 60 }).realDelay(60_000)).toBe(1000);
    expect(hostClock(realTime).realDelay(-5)).toBe(0);
  });
});
