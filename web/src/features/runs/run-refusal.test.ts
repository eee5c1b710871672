import { describe, expect, it } from 'vitest';
import { runRefusal } from './run-refusal.ts';

const run = { ended: 1, total: 3, failed: 0, status: 'RUNNING' } as const;

describe('what can be done to a run', () => {
  it('lets a run be stopped, paused and resumed until all of it has ended', () => {
    for (const operation of ['stop', 'pause', 'resume'] as const) {
      expect(runRefusal(run, operation)).toBeUndefined();
      expect(runRefusal({ ...run, ended: 3 }, operation)).toBe('has-ended');
    }
  });

  it('W12 offers rerun-failed where something failed or was stopped, and rerun always', () => {
    expect(runRefusal(run, 'rerun-failed')).toBe('nothing-failed');
    expect(runRefusal({ ...run, failed: 1 }, 'rerun-failed')).toBeUndefined();
    expect(runRefusal({ ...run, status: 'CANCELLED' }, 'rerun-failed')).toBeUndefined();
    expect(runRefusal({ ...run, total: 0 }, 'rerun')).toBeUndefined();
  });

  it('offers nothing else before the instances exist', () => {
    expect(runRefusal({ ...run, total: 0, ended: 0 }, 'stop')).toBe('not-generated');
  });
});
