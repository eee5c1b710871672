import { describe, expect, it } from 'vitest';
import type { Blocker } from '../../../../shared/domain/gate/decision.schema.ts';
import { stepStates } from './step-states.ts';

const blocker = (step: Blocker['step']): Blocker => ({
  step,
  code: 'not-due',
  since: '2026-11-19T00:00:00.000Z',
  holder: 'somebody',
  clearsAt: null,
  action: 'wait',
});

const waiting = (...blocked: Blocker['step'][]) =>
  stepStates({
    decision: 'wait',
    status: 'NOT_RUN',
    parked: false,
    blockers: blocked.map(blocker),
  });

describe('the five steps of a diagnosis', () => {
  it('are clear before the first blocker and not looked at behind it', () => {
    expect(waiting('time')).toEqual({
      upstream: 'clear',
      time: 'blocked',
      throttle: 'later',
      resource: 'later',
      execution: 'later',
    });
  });

  it('are looked at together where slots are counted', () => {
    expect(waiting('throttle')).toMatchObject({ throttle: 'blocked', resource: 'clear' });
    expect(waiting('throttle', 'resource')).toMatchObject({ resource: 'blocked' });
  });

  it('are all clear once it runs', () => {
    expect(new Set(Object.values(stepStates({ decision: 'active' })))).toEqual(new Set(['clear']));
    expect(stepStates({ decision: 'run' }).execution).toBe('later');
  });
});
