import { describe, expect, it } from 'vitest';
import { Project } from '../../../../shared/domain/project/project.schema.ts';
import { bodyOf, isComplete, noChange, valueRefusal } from './task-change.ts';
import { batchActions, taskRefusal } from './task-refusal.ts';

const base = { ids: ['p/w/a'], env: 'prod', comment: undefined } as const;
const at = '2026-11-19T22:30:00.000Z';
const members = [{ user: 'ann', role: 'viewer' }];
const projects = [Project.parse({ name: 'p', members, createdAt: at, updatedAt: at, rev: 1 })];
const around = { projects, isAdmin: () => false };

describe('the dialog of an operation on tasks', () => {
  it('asks for what the operation needs, and for nothing when the definition is to count again', () => {
    const open = batchActions.filter((action) => !isComplete(action, noChange));
    expect(open).toEqual(['set-owner', 'set-resource-group', 'set-timeout']);
    for (const action of batchActions)
      expect(isComplete(action, { ...noChange, asDefined: true })).toBe(true);
    expect(isComplete('set-retries', { ...noChange, retryCount: '11' })).toBe(false);
    expect(isComplete('set-timeout', { ...noChange, timeoutSeconds: '1.5' })).toBe(false);
  });

  it('sends null for what the definition says', () => {
    const given = { ...noChange, asDefined: true };
    const sent = batchActions
      .filter((action) => action.startsWith('set-'))
      .map((action) => bodyOf(action, { ...base, ids: [...base.ids] }, given));
    for (const body of sent) expect(Object.values(body)).toContain(null);
  });

  it('N42 leaves out tasks whose project does not have the new owner', () => {
    const owner = (name: string) => ({ ...noChange, owner: name });
    const row = { project: 'p', kind: 'http' } as const;
    expect(valueRefusal(row, 'set-owner', owner('ann'), around)).toBeUndefined();
    expect(valueRefusal(row, 'set-owner', owner('bob'), around)).toEqual({
      why: 'not-member',
      owner: 'bob',
    });
    const elsewhere = { ...row, project: 'q' };
    expect(valueRefusal(elsewhere, 'set-owner', owner('ann'), around)).toBeDefined();
  });

  it('leaves out what is above the ceiling of its kind or above the rights of the person', () => {
    const seconds = { ...noChange, timeoutSeconds: '900' };
    const of = (kind: 'http' | 'lambda' | 'noop') => ({ project: 'p', kind });
    expect(valueRefusal(of('http'), 'set-timeout', seconds, around)).toMatchObject({
      why: 'ceiling',
      seconds: 840,
    });
    expect(valueRefusal(of('lambda'), 'set-timeout', seconds, around)).toBeUndefined();
    expect(valueRefusal(of('noop'), 'set-timeout', seconds, around)).toEqual({ why: 'no-timeout' });
    const high = { ...noChange, priority: 'HIGH' as const };
    expect(valueRefusal(of('http'), 'set-priority', high, around)).toEqual({ why: 'admin' });
  });

  it('offers pause and resume by turns, and a start only where it can happen', () => {
    const paused = { since: at, by: 'ann' };
    const row = { paused: undefined, deployed: true, online: true };
    expect(taskRefusal(row, 'pause')).toBeUndefined();
    expect(taskRefusal(row, 'resume')).toBe('not-paused');
    expect(taskRefusal({ ...row, paused }, 'pause')).toBe('is-paused');
    expect(taskRefusal({ ...row, online: false }, 'run')).toBe('not-online');
    expect(taskRefusal({ ...row, deployed: false }, 'undeploy')).toBe('is-undeployed');
  });
});
