import { describe, expect, it } from 'vitest';
import { aWorkflow } from '../../testing/a-workflow.ts';
import { diffDefinitions } from './diff-definitions.ts';

describe('difference of two definitions', () => {
  it('names what was added, removed and changed, by field', () => {
    const before = aWorkflow({
      owner: 'ana',
      tasks: [
        { name: 'a', kind: 'http', url: 'u', headers: { x: '1', y: '2' } },
        { name: 'b', kind: 'noop' },
        { name: 'c', kind: 'wait', seconds: 1 },
      ],
    });
    const after = aWorkflow({
      owner: 'bo',
      tasks: [
        { name: 'd', kind: 'noop' },
        { name: 'c', kind: 'noop', priority: 'LOW' },
        { name: 'a', kind: 'http', url: 'u', headers: { y: '2', x: '1' } },
      ],
    });

    expect(diffDefinitions(before, after)).toEqual({
      workflow: ['owner'],
      added: ['d'],
      removed: ['b'],
      changed: [{ task: 'c', fields: ['priority', 'kind', 'seconds'] }],
    });
    expect(diffDefinitions(before, before)).toEqual({
      workflow: [],
      added: [],
      removed: [],
      changed: [],
    });
  });
});
