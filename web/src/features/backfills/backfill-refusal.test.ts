import { describe, expect, it } from 'vitest';
import { backfillRefusal } from './backfill-refusal.ts';

const submitted = { state: 'submitted', status: 'RUNNING', paused: false, counts: {} } as const;
const pending = { state: 'pending', paused: false, counts: {} } as const;

describe('what can be done to a backfill', () => {
  it('offers the end of what runs and the rerun of what failed for submitted ones', () => {
    expect(backfillRefusal(submitted, 'terminate')).toBeUndefined();
    expect(backfillRefusal({ ...submitted, status: 'SUCCESS' }, 'terminate')).toBe('has-ended');
    expect(backfillRefusal(submitted, 'rerun-failed')).toBe('nothing-failed');
    expect(
      backfillRefusal({ ...submitted, counts: { FAILED: 1 } }, 'rerun-failed'),
    ).toBeUndefined();
    expect(backfillRefusal(pending, 'terminate')).toBe('not-submitted');
  });

  it('N58 offers pause, resume, run and delete for pending ones', () => {
    for (const action of ['pause', 'run', 'delete'] as const) {
      expect(backfillRefusal(pending, action)).toBeUndefined();
      expect(backfillRefusal(submitted, action)).toBe('not-pending');
    }
    expect(backfillRefusal(pending, 'resume')).toBe('not-paused');
    expect(backfillRefusal({ ...pending, paused: true }, 'pause')).toBe('is-paused');
  });
});
