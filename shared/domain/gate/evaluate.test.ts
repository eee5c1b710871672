import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aTask } from '../../testing/a-task.ts';
import { anInstance } from '../../testing/an-instance.ts';
import { ok } from '../kernel/result.ts';
import type { PoolState } from '../pool/pool.schema.ts';
import { evaluate } from './evaluate.ts';
import type { World } from './world.ts';

const due = '2026-11-20T02:00:00.000Z';
const early = '2026-11-20T01:00:00.000Z';
const late = '2026-11-20T03:00:00.000Z';

const http = aTask({ kind: 'http', url: 'https://example.org' } as never);
const aWorld = (fields: Partial<World> = {}): World => ({
  now: late,
  openParents: [],
  holds: [],
  conditions: [],
  endedParents: [],
  task: { work: http },
  pools: [],
  holders: {},
  ...fields,
});
const full: PoolState = {
  id: 'throttle:x',
  kind: 'throttle',
  name: 'x',
  limit: 1,
  stripes: [{ stripe: 0, used: 1 }],
};
const group: PoolState = { ...full, id: 'group:g', kind: 'resource', name: 'g' };
const parent = { id: 'parent', task: 'up', status: 'RUNNING' } as const;
const paused = { since: early, by: 'ann' };

describe('the gate', () => {
  it('N15 leaves a due instance in NOT_RUN while an upstream is unfinished', () => {
    expect(evaluate(anInstance(), aWorld({ openParents: [parent] }))).toMatchObject({
      decision: 'wait',
      status: 'NOT_RUN',
      blockers: [{ step: 'upstream', code: 'parent-running', instance: 'parent' }],
    });
  });

  it('N16 puts an instance whose upstreams are done but which is not due in WAIT_TIME, until its due time', () => {
    expect(evaluate(anInstance(), aWorld({ now: early }))).toMatchObject({
      decision: 'wait',
      status: 'WAIT_TIME',
      wakeAt: due,
      blockers: [{ step: 'time', code: 'not-due', clearsAt: due }],
    });
  });

  it('N17 throttles a due instance while a rule is full', () => {
    expect(evaluate(anInstance(), aWorld({ pools: [full] }))).toMatchObject({
      decision: 'wait',
      status: 'THROTTLED',
      pool: 'throttle:x',
      blockers: [{ step: 'throttle', code: 'rule-full' }],
    });
  });

  it('N18 lets it wait for a resource once the rules have room but its group has none', () => {
    const room: PoolState = { ...full, limit: 2 };
    expect(evaluate(anInstance(), aWorld({ pools: [room, group] }))).toMatchObject({
      decision: 'wait',
      status: 'WAIT_RESOURCE',
      pool: 'group:g',
    });
  });

  it('names every pool that is full, rules first', () => {
    const decision = evaluate(anInstance(), aWorld({ pools: [full, group] }));
    expect(decision.decision === 'wait' && decision.blockers.map(({ pool }) => pool)).toEqual([
      'throttle:x',
      'group:g',
    ]);
  });

  it('N44 needs both the pause of the instance and that of its task to be off', () => {
    const both = evaluate(anInstance({ paused: true }), aWorld({ task: { work: http, paused } }));
    expect(both.decision === 'wait' && both.blockers.map(({ code }) => code)).toEqual([
      'instance-paused',
      'task-paused',
    ]);
    expect(evaluate(anInstance({ paused: true }), aWorld()).decision).toBe('wait');
    expect(evaluate(anInstance(), aWorld({ task: { work: http, paused } })).decision).toBe('wait');
    expect(evaluate(anInstance(), aWorld()).decision).toBe('run');
  });

  it('N21 runs an instance only if upstream, time, resources and pauses all allow it', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (openParent, notDue, ruleFull, groupFull, instancePaused, taskPaused) => {
          const world = aWorld({
            now: notDue ? early : late,
            openParents: openParent ? [parent] : [],
            pools: [...(ruleFull ? [full] : []), ...(groupFull ? [group] : [])],
            task: { work: http, ...(taskPaused && { paused }) },
          });
          const decision = evaluate(anInstance({ paused: instancePaused || undefined }), world);
          const blocked =
            openParent || notDue || ruleFull || groupFull || instancePaused || taskPaused;

          expect(decision.decision).toBe(blocked ? 'wait' : 'run');
          if (decision.decision === 'wait') expect(decision.blockers.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('N35 lets a forced instance run whatever its upstreams and its due time say, but not without a slot', () => {
    const forced = anInstance({ forced: true });
    const early1 = aWorld({ now: early, openParents: [parent] });
    expect(evaluate(forced, early1)).toEqual({ decision: 'run' });
    expect(evaluate(forced, { ...early1, pools: [full] }).decision).toBe('wait');
    expect(evaluate(forced, { ...early1, task: { work: http, paused } }).decision).toBe('wait');
    expect(evaluate(anInstance(), early1).decision).toBe('wait');
  });

  it('N35 still lets the pause before an automatic retry pass for a forced instance', () => {
    const retrying = anInstance({ forced: true, retryAt: late });
    expect(evaluate(retrying, aWorld({ now: due }))).toMatchObject({ wakeAt: late });
  });

  it('asks a person once an approval is due, and waits for the answer', () => {
    const work = aTask({ kind: 'approval', question: 'Publish?' } as never);
    const asked = evaluate(anInstance({ kind: 'approval' }), aWorld({ task: { work } }));
    expect(asked).toMatchObject({
      decision: 'wait',
      status: 'WAIT_TIME',
      ask: true,
      blockers: [{ code: 'approval-pending', clearsAt: null }],
    });
    const again = anInstance({ kind: 'approval', askedAt: due });
    expect(evaluate(again, aWorld({ task: { work } }))).not.toHaveProperty('ask');
    expect(
      evaluate(anInstance({ kind: 'approval' }), aWorld({ now: early, task: { work } })),
    ).not.toHaveProperty('ask');
  });

  it('W65 expires a run that is skipped, waits for the one before, and lets a forced one run', () => {
    const condition = {
      step: 'time',
      code: 'previous-run',
      since: due,
      holder: 'the run before',
      clearsAt: null,
      action: 'wait',
    } as const;
    expect(evaluate(anInstance(), aWorld({ conditions: [condition] }))).toMatchObject({
      decision: 'wait',
      status: 'WAIT_TIME',
      parked: false,
    });
    expect(evaluate(anInstance(), aWorld({ expired: 'skipped' }))).toEqual({
      decision: 'pass',
      outcome: 'expired',
    });
    const forced = anInstance({ forced: true });
    expect(evaluate(forced, aWorld({ expired: 'skipped', conditions: [condition] }))).toEqual({
      decision: 'run',
    });
  });

  it('N7 passes a dry run without an attempt, but only after upstream and due time, and without a slot', () => {
    const dry = anInstance({ empty: 'dry-run' });
    expect(evaluate(dry, aWorld({ openParents: [parent] })).decision).toBe('wait');
    expect(evaluate(dry, aWorld({ now: early })).decision).toBe('wait');
    expect(evaluate(dry, aWorld({ pools: [full] }))).toEqual({
      decision: 'pass',
      outcome: 'dry-run',
    });
  });

  it('N6 passes an off-day instance without running code', () => {
    expect(evaluate(anInstance({ empty: 'off-day' }), aWorld())).toEqual({
      decision: 'pass',
      outcome: 'off-day',
    });
  });

  it('N12 fails an instance whose definition is gone when its turn comes, not before', () => {
    expect(evaluate(anInstance(), aWorld({ now: early, task: {} })).decision).toBe('wait');
    expect(evaluate(anInstance(), aWorld({ task: {} }))).toMatchObject({
      decision: 'fail',
      outcome: 'definition-missing',
      error: expect.stringContaining('definition not found'),
    });
  });

  it('begins the wait of a wait task when its upstreams have ended, and ends it on time', () => {
    const work = aTask({ kind: 'wait', seconds: 90 } as never);
    const begins = evaluate(anInstance({ kind: 'wait' }), aWorld({ task: { work } }));
    expect(begins).toMatchObject({ status: 'WAIT_TIME', waitUntil: '2026-11-20T03:01:30.000Z' });

    const waiting = anInstance({ kind: 'wait', waitUntil: '2026-11-20T03:01:30.000Z' });
    expect(evaluate(waiting, aWorld({ task: { work } })).decision).toBe('wait');
    expect(evaluate(waiting, aWorld({ now: '2026-11-20T03:01:30.000Z', task: { work } }))).toEqual({
      decision: 'pass',
      outcome: 'ran',
    });
  });

  it('lets a branch choose by its parameters, and passes what was not chosen', () => {
    const work = aTask({
      kind: 'branch',
      cases: [{ when: { left: '${rows}', op: '>', right: '9' }, take: ['big'] }],
      otherwise: ['small'],
    } as never);
    const decide = (rows: string) =>
      evaluate(anInstance({ kind: 'branch' }), aWorld({ task: { work }, values: ok({ rows }) }));
    expect(decide('10')).toEqual({ decision: 'pass', outcome: 'ran', taken: ['big'] });
    expect(decide('9')).toEqual({ decision: 'pass', outcome: 'ran', taken: ['small'] });
    expect(decide('many')).toMatchObject({ decision: 'fail', outcome: 'failed' });

    const below = anInstance({ task: 'small', joins: 'branch' });
    const branch = { id: 'b', outcome: 'ran', taken: ['big'] } as const;
    expect(evaluate(below, aWorld({ endedParents: [branch] }))).toMatchObject({
      outcome: 'branch-not-taken',
    });
    const skipped = { id: 's', outcome: 'branch-not-taken' } as const;
    const ran = { id: 'r', outcome: 'ran' } as const;
    expect(evaluate(below, aWorld({ endedParents: [skipped] })).decision).toBe('pass');
    expect(evaluate(below, aWorld({ endedParents: [skipped, ran] })).decision).toBe('run');
  });

  it('keeps a slot that is reserved for somebody else', () => {
    const reserved: PoolState = {
      ...full,
      stripes: [{ stripe: 0, used: 0, reservedFor: 'somebody' }],
    };
    expect(evaluate(anInstance(), aWorld({ pools: [reserved] }))).toMatchObject({
      blockers: [{ code: 'slot-reserved' }],
    });
  });
});
