import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aWorkflow, type WorkflowInput } from '../../testing/a-workflow.ts';
import { dagArbitrary } from '../../testing/dag-arbitrary.ts';
import { RuntimeSettings } from '../project/runtime-settings.schema.ts';
import { ancestorsOf, buildGraph } from '../workflow/graph.ts';
import { type ManualStart, planManualRun } from './plan-manual-run.ts';

const now = '2026-11-20T10:11:12.000Z';

const planOf = (fields: WorkflowInput, more: Partial<ManualStart> = {}) => {
  const plan = planManualRun(aWorkflow(fields), {
    env: 'prod',
    project: 'p',
    version: 3,
    settings: RuntimeSettings.parse({}),
    scope: 'k1',
    bizDate: '2026-11-19',
    now,
    ...more,
  });
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
};

describe('start by hand', () => {
  it('N60 creates one instance of each task, due at once, of whatever schedule or trigger', () => {
    const { instances } = planOf({
      tasks: [
        { name: 'h', kind: 'noop', schedule: { every: 'hour' } },
        { name: 'm', kind: 'noop', trigger: 'manual' },
      ],
    });
    expect(instances).toMatchObject([
      { id: 'prod~p~w~m.k1~20261119~1~h~1', family: 'manual', scope: 'k1', dueAt: now, version: 3 },
      { id: 'prod~p~w~m.k1~20261119~1~m~1', dueAt: now },
    ]);
  });

  it('keeps only the edges inside the workflow and the cycle', () => {
    const { edges } = planOf({
      tasks: [
        { name: 'a', kind: 'noop', selfDependent: true },
        {
          name: 'b',
          kind: 'noop',
          upstreams: ['a', { task: 'a', period: 'last' }, { task: 'x', workflow: 'v' }],
        },
      ],
    });
    expect(edges).toEqual([
      {
        child: 'prod~p~w~m.k1~20261119~1~b~1',
        parent: 'prod~p~w~m.k1~20261119~1~a~1',
        kind: 'current',
      },
    ]);
  });

  it('N14 runs no code outside the effective dates, but takes no notice of off days', () => {
    const { instances } = planOf({
      schedule: { every: 'week', on: ['MON'] },
      tasks: [
        { name: 'a', kind: 'noop', calendar: 'workdays' },
        { name: 'b', kind: 'noop', effective: { to: '2026-11-19' } },
        { name: 'c', kind: 'noop', dryRun: true },
      ],
    });
    expect(instances.map(({ empty }) => empty)).toEqual([undefined, 'out-of-range', 'dry-run']);
  });

  it('refuses tasks that the workflow does not have', () => {
    const plan = planManualRun(aWorkflow(), {
      env: 'prod',
      project: 'p',
      version: 1,
      settings: RuntimeSettings.parse({}),
      scope: 'k',
      bizDate: '2026-11-19',
      now,
      tasks: ['t', 'x'],
    });
    expect(plan).toEqual({ ok: false, error: { reason: 'unknown-tasks', tasks: ['x'] } });
  });

  it('keeps the order of the chosen tasks through those that are left out', () => {
    fc.assert(
      fc.property(dagArbitrary(), fc.nat(255), ({ nodes, edges }, mask) => {
        const chosen = nodes.filter((_, i) => mask & (1 << i));
        if (chosen.length === 0) return;
        const plan = planOf(
          {
            tasks: nodes.map((name) => ({
              name,
              kind: 'noop' as const,
              upstreams: edges.filter(({ to }) => to === name).map(({ from }) => from),
            })),
          },
          { tasks: chosen },
        );
        const taskOf = (id: string) => id.split('~')[6] ?? '';
        const planned = buildGraph(
          chosen,
          plan.edges.map(({ child, parent }) => ({ from: taskOf(parent), to: taskOf(child) })),
        );
        const whole = buildGraph(nodes, edges);

        expect(plan.instances.map(({ task }) => task)).toEqual(chosen);
        for (const node of chosen) {
          const above = [...ancestorsOf(whole, node)].filter((name) => chosen.includes(name));
          expect([...ancestorsOf(planned, node)].toSorted()).toEqual(above.toSorted());
        }
      }),
    );
  });
});
