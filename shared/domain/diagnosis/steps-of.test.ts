import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aTask } from '../../testing/a-task.ts';
import { anInstance } from '../../testing/an-instance.ts';
import type { Blocker, BlockerCode } from '../gate/decision.schema.ts';
import { evaluate } from '../gate/evaluate.ts';
import type { World } from '../gate/world.ts';
import type { PoolState } from '../pool/pool.schema.ts';
import { blockingStepOf, stepsOf } from './steps-of.ts';

const early = '2026-11-20T01:00:00.000Z';
const late = '2026-11-20T03:00:00.000Z';
const full: PoolState = {
  ...{ id: 'throttle:x', kind: 'throttle', name: 'x', limit: 1 },
  stripes: [{ stripe: 0, used: 1 }],
};
const http = aTask({ kind: 'http', url: 'https://example.org' } as never);
const quiet = { rootsNeedPerson: false };

const blocker = (step: Blocker['step'], code: BlockerCode, clearsAt: string | null = null) =>
  ({ ...{ step, code, clearsAt, since: early }, holder: 'somebody', action: 'wait' }) as const;
const waiting = (...blockers: Blocker[]) =>
  ({ decision: 'wait', status: 'NOT_RUN', parked: false, blockers }) as const;
const statesOf = (steps: ReturnType<typeof stepsOf>) =>
  Object.fromEntries(steps.map(({ step, state }) => [step, state]));

const worlds = fc
  .record({
    open: fc.boolean(),
    notDue: fc.boolean(),
    rule: fc.boolean(),
    group: fc.boolean(),
    paused: fc.boolean(),
    taskPaused: fc.boolean(),
    forced: fc.boolean(),
    status: fc.constantFrom('NOT_RUN', 'WAIT_TIME', 'RUNNING', 'SUCCESS', 'FAILED'),
  })
  .map(({ open, notDue, rule, group, paused, taskPaused, forced, status }) => ({
    instance: anInstance({
      ...{ status, paused: paused || undefined, forced: forced || undefined },
      ...(status === 'SUCCESS' || status === 'FAILED' ? { endedAt: late } : {}),
    }),
    world: {
      ...{ now: notDue ? early : late, holds: [], conditions: [], endedParents: [], holders: {} },
      openParents: open ? [{ id: 'parent', task: 'up', status: 'RUNNING' }] : [],
      pools: [
        ...(rule ? [full] : []),
        ...(group ? [{ ...full, id: 'group:g', kind: 'resource' as const, name: 'g' }] : []),
      ],
      task: { work: http, ...(taskPaused && { paused: { since: early, by: 'ann' } }) },
    } satisfies World,
  }));

describe('the five steps of a diagnosis', () => {
  it('N64 stand in the order of the gate, each with a state and a time, and one that blocks', () => {
    expect(stepsOf(anInstance(), waiting(blocker('time', 'not-due', late)), quiet)).toEqual([
      { step: 'upstream', state: 'pass', since: '2026-11-20T02:00:00.000Z', blocking: false },
      { step: 'time', state: 'waiting', since: early, blocking: true },
      { step: 'throttle', state: 'later', since: null, blocking: false },
      { step: 'resource', state: 'later', since: null, blocking: false },
      { step: 'execution', state: 'later', since: null, blocking: false },
    ]);
  });

  it('N64 agree with the gate: what dispatch would wait for first is the step that blocks', () => {
    fc.assert(
      fc.property(worlds, ({ instance, world }) => {
        const gate = evaluate(instance, world);
        const steps = stepsOf(instance, gate, quiet);
        const blocking = steps.filter((each) => each.blocking);
        const mayStart = gate.decision === 'run' || gate.decision === 'pass';

        expect(steps.map(({ step }) => step)).toEqual([
          ...['upstream', 'time', 'throttle', 'resource', 'execution'],
        ]);
        for (const { state, since } of steps) expect(since === null).toBe(state === 'later');
        if (mayStart || gate.decision === 'active' || instance.status === 'SUCCESS')
          expect(blocking).toEqual([]);
        else expect(blocking).toHaveLength(1);

        const at = steps.findIndex((each) => each.blocking);
        for (const { state } of steps.slice(0, Math.max(at, 0))) expect(state).toBe('pass');
        if (gate.decision === 'wait') {
          const first = gate.blockers.find(({ step }) => step !== 'paused')?.step;
          expect(steps[at]?.step).toBe(first ?? 'execution');
          expect(['waiting', 'blocked']).toContain(steps[at]?.state);
          for (const { step } of gate.blockers)
            if (step !== 'paused') expect(['waiting', 'blocked']).toContain(statesOf(steps)[step]);
        }
      }),
    );
  });

  it('tell what a person must do from what ends by itself', () => {
    const state = (...blockers: Blocker[]) =>
      stepsOf(anInstance(), waiting(...blockers), quiet).find((each) => each.blocking)?.state;
    expect(state(blocker('upstream', 'parent-running', late))).toBe('waiting');
    expect(state(blocker('upstream', 'parent-failed'))).toBe('blocked');
    expect(state(blocker('time', 'approval-pending'))).toBe('blocked');
    expect(state(blocker('throttle', 'rule-full'))).toBe('waiting');
    expect(state(blocker('throttle', 'rule-closed'))).toBe('blocked');
    expect(state(blocker('throttle', 'rule-closed', late))).toBe('waiting');
    expect(state(blocker('paused', 'instance-paused'))).toBe('blocked');
    expect(state(blocker('paused', 'instance-held', late))).toBe('waiting');
  });

  it('block at the upstream when somebody must act far above', () => {
    const gate = waiting(blocker('upstream', 'parent-waiting', late));
    expect(stepsOf(anInstance(), gate, { rootsNeedPerson: true })[0]?.state).toBe('blocked');
    expect(stepsOf(anInstance(), gate, quiet)[0]?.state).toBe('waiting');
  });

  it('look at throttle and resources together, as the gate does', () => {
    const both = waiting(blocker('throttle', 'rule-full'), blocker('resource', 'group-full'));
    expect(statesOf(stepsOf(anInstance(), both, quiet))).toMatchObject({
      ...{ throttle: 'waiting', resource: 'waiting', execution: 'later' },
    });
    const one = waiting(blocker('throttle', 'rule-full'));
    expect(statesOf(stepsOf(anInstance(), one, quiet)).resource).toBe('pass');
  });

  it('end in how it went', () => {
    const ended = { decision: 'ended' } as const;
    const failed = anInstance({ status: 'FAILED', endedAt: late, submittedAt: early });
    expect(stepsOf(failed, ended, quiet).at(-1)).toEqual({
      ...{ step: 'execution', state: 'failed', since: late, blocking: true },
    });
    expect(blockingStepOf({ status: 'SUCCESS' }, ended)).toBeNull();
    const running = anInstance({ status: 'RUNNING', startedAt: early, submittedAt: early });
    expect(stepsOf(running, { decision: 'active' }, quiet).at(-1)).toMatchObject({
      ...{ state: 'running', since: early, blocking: false },
    });
  });
});
