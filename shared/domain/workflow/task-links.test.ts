import { describe, expect, it } from 'vitest';
import { aWorkflow } from '../../testing/a-workflow.ts';
import { allowedOnNode } from './allowed-on-node.ts';
import { taskLinks } from './task-links.ts';

describe('the links of tasks', () => {
  it('N33 name both ends in full and keep apart what crosses cycles', () => {
    const definition = aWorkflow({
      workflow: 'w',
      tasks: [
        { name: 'a', kind: 'noop', selfDependent: true },
        {
          name: 'b',
          kind: 'noop',
          upstreams: ['a', 'a', { task: 'a', period: 'last' }, { workflow: 'v', task: 'x' }],
        },
        { name: 'c', kind: 'noop', upstreams: [{ project: 'q', workflow: 'u', task: 'y' }] },
      ],
    });
    expect(taskLinks(definition, 'p').map(({ from, to, kind }) => [from, to, kind])).toEqual([
      ['p/w/a', 'p/w/a', 'self'],
      ['p/w/a', 'p/w/b', 'current'],
      ['p/w/a', 'p/w/b', 'cross-cycle'],
      ['p/v/x', 'p/w/b', 'current'],
      ['q/u/y', 'p/w/c', 'current'],
    ]);
  });
});

describe('a node of a graph of tasks', () => {
  it('N47 allows everything at home, expanding and its log elsewhere, expanding alone where it is hidden or virtual', () => {
    const allowed = (fields: Partial<Parameters<typeof allowedOnNode>[0]>) =>
      allowedOnNode({ foreign: false, hidden: false, kind: 'http', ...fields });
    expect(allowed({})).toBe('everything');
    expect(allowed({ kind: 'noop' })).toBe('everything');
    expect(allowed({ foreign: true })).toBe('expand-and-log');
    expect(allowed({ foreign: true, kind: 'noop' })).toBe('expand');
    expect(allowed({ foreign: true, kind: undefined })).toBe('expand');
    expect(allowed({ foreign: true, hidden: true })).toBe('expand');
  });
});
