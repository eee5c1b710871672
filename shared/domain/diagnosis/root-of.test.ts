import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import type { Blocker } from '../gate/decision.schema.ts';
import { aboveOf, rootOf } from './root-of.ts';

const paused: Blocker = {
  step: 'paused',
  code: 'task-paused',
  since: '2026-11-20T01:00:00.000Z',
  holder: 'somebody',
  clearsAt: null,
  action: 'resume it',
};

describe('where a wait begins', () => {
  it('N65 is an ancestor that failed, was never generated, runs, or is paused itself', () => {
    const of = (fields: object, kept: Blocker[] = [], open = ['x']) =>
      rootOf({ instance: anInstance(fields), open, kept });
    expect(rootOf({ instance: undefined, open: [], kept: [] })).toBe('missing');
    expect(of({ status: 'FAILED', endedAt: '2026-11-20T03:00:00.000Z' })).toBe('failed');
    expect(of({ status: 'RUNNING' })).toBe('running');
    expect(of({ status: 'SUBMITTED' })).toBe('running');
    expect(of({}, [paused])).toBe('kept');
    expect(of({ status: 'SUCCESS', endedAt: '2026-11-20T03:00:00.000Z' })).toBe('settling');
  });

  it('N65 is not one that only waits for others, and is one that waits for a time or a slot', () => {
    expect(rootOf({ instance: anInstance(), open: ['x'], kept: [] })).toBeUndefined();
    expect(rootOf({ instance: anInstance(), open: [], kept: [] })).toBe('waiting');
    expect(rootOf({ instance: anInstance({ forced: true }), open: ['x'], kept: [] })).toBe(
      'waiting',
    );
  });

  it('goes on above what is paused, because that is in the way as well, and not above what failed', () => {
    expect(aboveOf({ instance: anInstance(), open: ['x'], kept: [paused] })).toEqual(['x']);
    const failed = anInstance({ status: 'FAILED', endedAt: '2026-11-20T03:00:00.000Z' });
    expect(aboveOf({ instance: failed, open: ['x'], kept: [] })).toEqual([]);
    expect(aboveOf({ instance: undefined, open: [], kept: [] })).toEqual([]);
  });
});
