import { describe, expect, it } from 'vitest';
import { changedValues } from './changed-values.ts';

describe('the values of an operation', () => {
  it('are those that differ, with a dash where there was none', () => {
    const state = { env: 'prod', task: 'a', owner: 'ann', rev: 1, changedAt: 'x' };
    expect(
      changedValues({
        before: state,
        after: { ...state, rev: 2, changedAt: 'y', priority: 'LOW', retries: { count: 2 } },
      }),
    ).toEqual([
      { field: 'priority', before: '–', after: 'LOW' },
      { field: 'retries', before: '–', after: '{"count":2}' },
    ]);
    expect(changedValues({ before: { priority: 'LOW' }, after: {} })).toEqual([
      { field: 'priority', before: 'LOW', after: '–' },
    ]);
    expect(changedValues(undefined)).toEqual([]);
  });
});
