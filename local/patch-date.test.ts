import { afterEach, describe, expect, it } from 'vitest';
import { patchDate } from './patch-date.ts';

const Real = Date;
afterEach(() => {
  globalThis.Date = Real;
  Real.prototype.constructor = Real;
});

describe('Date under a virtual clock', () => {
  it('shows the virtual time in every form and keeps given instants', () => {
    const offset = Real.parse('2030-01-01T00:00:00Z') - Real.now();
    patchDate({ offset, speed: 1 });
    expect(new Date().getUTCFullYear()).toBe(2030);
    expect(new Date(Date.now()).getUTCFullYear()).toBe(2030);
    expect(Date()).toContain('2030');
    expect(new Date('2026-01-02T03:04:05Z').toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(Date.UTC(2026, 0)).toBe(Real.UTC(2026, 0));
    expect(new Date() instanceof Date).toBe(true);
    expect(new Date(0).constructor).toBe(Date);
  });

  it('runs at the speed of the clock', () => {
    const realNow = Real.now();
    patchDate({ offset: -realNow * 59, speed: 60 });
    expect(Math.abs(Date.now() - realNow - (Real.now() - realNow) * 60)).toBeLessThan(200);
  });
});
