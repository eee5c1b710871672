import { describe, expect, it } from 'vitest';
import { aWorkflow } from '../../testing/a-workflow.ts';
import { checkReferences, type Known, type KnownTask } from './check-references.ts';
import { addressText } from './task-address.ts';

const known = (tasks: Readonly<Record<string, KnownTask>> = {}): Known => ({
  project: 'p',
  task: (address) => tasks[addressText(address)],
  hasCalendar: (name) => name === 'workdays',
  hasDataset: (name) => name === 'sales',
  hasResourceGroup: (name) => name === 'large',
  hasThrottleRule: (name) => name === 'warehouse',
});

describe('references of a definition to the outside', () => {
  it('lists every name that does not exist', () => {
    const definition = aWorkflow({
      tasks: [
        {
          name: 'a',
          kind: 'sql',
          sql: 'SELECT 1',
          writes: 'x',
          calendar: 'x',
          resourceGroup: 'x',
          pools: ['warehouse', 'x'],
          upstreams: [{ task: 'x', workflow: 'v' }],
        },
        {
          name: 'b',
          kind: 'sql',
          sql: 'SELECT 1',
          writes: 'sales',
          calendar: 'workdays',
          resourceGroup: 'large',
        },
      ],
    });
    expect(checkReferences(definition, known()).map(({ path, code }) => `${path} ${code}`)).toEqual(
      [
        'tasks[0].calendar unknown-calendar',
        'tasks[0].resourceGroup unknown-resource-group',
        'tasks[0].writes unknown-dataset',
        'tasks[0].pools[1] unknown-throttle-rule',
        'tasks[0].upstreams[0] unknown-upstream',
      ],
    );
  });

  it('W17 N32 refuses a circle that closes through another workflow, and names it', () => {
    const definition = aWorkflow({
      tasks: [
        { name: 'a', kind: 'noop', upstreams: [{ task: 'x', workflow: 'v', project: 'q' }] },
        { name: 'b', kind: 'noop', upstreams: ['a'] },
      ],
    });
    const outside = known({
      'q/v/x': { trigger: 'recurring', upstreams: [{ project: 'q', workflow: 'v', task: 'y' }] },
      'q/v/y': { trigger: 'recurring', upstreams: [{ project: 'p', workflow: 'w', task: 'b' }] },
    });
    expect(checkReferences(definition, outside)).toMatchObject([
      {
        path: 'tasks[0].upstreams[0]',
        code: 'cycle',
        message: expect.stringContaining('p/w/a → p/w/b → q/v/y → q/v/x → p/w/a'),
      },
    ]);
  });

  it('takes a project that is its own for no other', () => {
    const definition = aWorkflow({
      tasks: [
        { name: 'a', kind: 'noop', upstreams: [{ task: 'b', project: 'p' }] },
        { name: 'b', kind: 'noop', upstreams: ['a'] },
      ],
    });
    expect(checkReferences(definition, known())).toMatchObject([{ code: 'cycle' }]);
  });

  it('refuses to wait for what is started by hand', () => {
    const definition = aWorkflow({
      tasks: [{ name: 'a', kind: 'noop', upstreams: [{ task: 'm', workflow: 'v' }] }],
    });
    expect(
      checkReferences(definition, known({ 'p/v/m': { trigger: 'manual', upstreams: [] } })),
    ).toMatchObject([{ code: 'manual-upstream' }]);
  });
});
