import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import type { Instance } from './instance.schema.ts';
import { lastAttemptOf } from './last-attempt.ts';
import type { MoveName } from './lifecycle.ts';
import { type MoveRequest, moveInstance } from './move-instance.ts';

const at = '2026-11-20T02:00:00.000Z';

const step = (instance: Instance, move: MoveName, set: MoveRequest['set'] = {}) => {
  const moved = moveInstance(instance, { move, at, actor: 'ann', set });
  if (!moved.ok) throw new Error(moved.error.message);
  return moved.value;
};

describe('the record of an attempt', () => {
  const submitted = step(anInstance({ status: 'NOT_RUN' }), 'admit', {
    attempt: 1,
    submittedAt: at,
  }).instance;
  const claimed = step(submitted, 'claim', { startedAt: at, token: 't' }).instance;
  const done = step(claimed, 'succeed', { outcome: 'ran' }).instance;

  it('is what the instance says of its last one', () => {
    expect(lastAttemptOf(done)).toMatchObject({ attempt: 1, status: 'SUCCESS', outcome: 'ran' });
    expect(step(done, 'rerun').superseded).toMatchObject({ attempt: 1, status: 'SUCCESS' });
  });

  it('is not overwritten by the end of a wait for the next one', () => {
    const waiting = step(step(done, 'rerun').instance, 'ready').instance;
    const ended = step(waiting, 'terminate', { outcome: 'terminated' }).instance;
    expect(ended).toMatchObject({ status: 'FAILED', attempt: 1 });
    expect(lastAttemptOf(ended)).toBeUndefined();
    expect(step(ended, 'rerun').superseded).toBeUndefined();
  });
});
