import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import { type Blocker, BlockerCode } from '../gate/decision.schema.ts';
import { refusalOf } from '../instance/refusal-of.ts';
import { actionsOf, actionsOnFailure } from './actions-of.ts';
import { needsPerson } from './needs-person.ts';

const instance = anInstance();
const parent = anInstance({ task: 'up' }).id;
const blocker = (code: BlockerCode, more: Partial<Blocker> = {}): Blocker => ({
  ...{ step: 'upstream', code, since: '2026-11-20T01:00:00.000Z', holder: 'somebody' },
  ...{ clearsAt: null, action: 'do something', instance: parent, pool: 'group:g', hold: 'h1' },
  ...more,
});
const operations = (code: BlockerCode) =>
  actionsOf(instance, blocker(code)).map(({ operation }) => operation);

describe('what would clear a blocker', () => {
  it('is named for everything that a person must act on', () => {
    for (const code of BlockerCode.options)
      if (needsPerson({ code, clearsAt: null }))
        expect([code, operations(code)]).not.toEqual([code, []]);
  });

  it('names the upstream, its success by hand and its removal where the upstream has failed', () => {
    expect(actionsOf(instance, blocker('parent-failed'))).toMatchObject([
      { operation: 'rerun', target: { instance: parent }, role: 'operator', project: 'p' },
      { operation: 'set-success', target: { instance: parent } },
      { operation: 'remove-upstream', target: { instance: instance.id, parents: [parent] } },
    ]);
  });

  it('generates the day of an upstream that is missing, unless it is none of a schedule', () => {
    expect(actionsOf(instance, blocker('parent-missing'))[0]).toMatchObject({
      ...{ operation: 'generate', target: { kind: 'day', project: 'p', bizDate: '2026-11-19' } },
    });
    const byHand = anInstance({ family: 'manual', scope: 'x' }).id;
    const actions = actionsOf(instance, blocker('parent-missing', { instance: byHand }));
    expect(actions.map(({ operation }) => operation)).toEqual(['remove-upstream']);
  });

  it('asks an administrator of the installation where all projects are concerned', () => {
    for (const code of ['pool-held', 'frozen', 'rule-closed'] as const)
      for (const action of actionsOf(instance, blocker(code))) {
        expect(action.role).toBe('admin');
        expect(action.project).toBeUndefined();
      }
    expect(actionsOf(instance, blocker('workflow-held'))).toMatchObject([
      { operation: 'lift-hold', target: { hold: 'h1' }, role: 'operator', project: 'p' },
    ]);
  });

  it('after a failure is only what the lifecycle allows', () => {
    const failed = anInstance({ status: 'FAILED', endedAt: '2026-11-20T03:00:00.000Z' });
    const actions = actionsOnFailure(failed).map(({ operation }) => operation);
    expect(actions).toEqual(['rerun', 'set-success', 'force-rerun']);
    for (const operation of actions)
      expect(refusalOf(failed, operation as 'rerun')).toBeUndefined();
  });
});
