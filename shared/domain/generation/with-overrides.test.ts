import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aGeneratedWorkflow } from '../../testing/a-workflow.ts';
import { Priority } from '../workflow/priority.schema.ts';
import type { TaskState } from '../workflow/task-state.schema.ts';
import type { PlannedInstance } from './plan.ts';
import { planDay } from './plan-day.ts';
import { withOverrides } from './with-overrides.ts';

const place = { env: 'prod', project: 'p', workflow: 'w', task: 't' } as const;

const planned = (empty?: PlannedInstance['empty']): PlannedInstance => {
  const [instance] = planDay({
    workflows: [aGeneratedWorkflow()],
    bizDate: '2026-11-19',
    lookup: () => undefined,
    only: () => true,
  }).instances;
  if (!instance) throw new Error('nothing planned');
  return { ...instance, ...(empty ? { empty } : {}) };
};

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const states = fc.record({
  priority: maybe(fc.constantFrom(...Priority.options)),
  resourceGroup: maybe(fc.constantFrom('small', 'large')),
  timeoutSeconds: maybe(fc.integer({ min: 1, max: 840 })),
  retries: maybe(fc.record({ count: fc.nat(10) })),
  dryRun: maybe(fc.boolean()),
});
const empties = fc.constantFrom(undefined, 'dry-run', 'off-day', 'out-of-range', 'expired');

describe('a new instance of a task that operators changed', () => {
  it('N9 takes what they set, and the rest as it is defined', () => {
    fc.assert(
      fc.property(states, empties, (set, empty) => {
        const before = planned(empty);
        const after = withOverrides(before, { ...place, ...set } as TaskState);
        expect(after).toEqual({
          ...before,
          priority: set.priority ?? before.priority,
          resourceGroup: set.resourceGroup ?? before.resourceGroup,
          timeoutSeconds: set.timeoutSeconds ?? before.timeoutSeconds,
          retries: { ...before.retries, ...set.retries },
          empty: after.empty,
        });
      }),
    );
  });

  it('N7 runs nothing as a dry run, unless it runs nothing for another reason', () => {
    const emptyOf = (empty: PlannedInstance['empty'], dryRun?: boolean) =>
      withOverrides(planned(empty), { ...place, dryRun }).empty;
    expect(emptyOf(undefined, true)).toBe('dry-run');
    expect(emptyOf('dry-run', false)).toBeUndefined();
    expect(emptyOf('dry-run')).toBe('dry-run');
    expect(emptyOf(undefined)).toBeUndefined();
    for (const reason of ['off-day', 'out-of-range', 'expired'] as const) {
      expect(emptyOf(reason, true)).toBe(reason);
      expect(emptyOf(reason, false)).toBe(reason);
    }
  });
});
