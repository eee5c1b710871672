import { describe, expect, it } from 'vitest';
import type { ClearingAction } from '../shared/domain/diagnosis/clearing-action.schema.ts';
import { InstanceOperation } from '../shared/domain/operation/instance-operation.schema.ts';
import { commandOfAction } from './command-of-action.ts';
import { createProgram } from './program.ts';

const rights = { role: 'operator', allowed: true } as const;
const i = 'prod~p~w~r~20261119~1~t~1';
const on = (operation: ClearingAction['operation'], parents?: string[]): ClearingAction => ({
  operation,
  target: { kind: 'instance', instance: i, ...(parents ? { parents } : {}) },
  ...rights,
});
const task = { kind: 'task', env: 'dev', project: 'p', workflow: 'w', task: 't' } as const;
const day = { kind: 'day', env: 'prod', project: 'p', bizDate: '2026-11-19' } as const;
const actions: readonly ClearingAction[] = [
  ...InstanceOperation.options.filter((operation) => operation !== 'hold').map((each) => on(each)),
  on('remove-upstream', ['prod~p~w~r~20261119~1~u~1']),
  { operation: 'resume-task', target: task, ...rights },
  { operation: 'generate', target: day, ...rights },
  { operation: 'lift-hold', target: { kind: 'hold', hold: 'h' }, ...rights },
  { operation: 'thaw', target: { kind: 'hold', hold: 'h' }, ...rights },
];

/** Whether the command line knows the words that a command begins with. */
const isKnown = (line: string): boolean => {
  const [, first, second] = line.split(' ');
  const command = createProgram().commands.find((each) => each.name() === first);
  const nested = command?.commands ?? [];
  return command !== undefined && (nested.length === 0 || nested.some((c) => c.name() === second));
};

describe('the command that clears a blocker', () => {
  it('is one that the command line has', () => {
    for (const action of actions)
      expect([action.operation, isKnown(commandOfAction(action) ?? '')]).toEqual([
        action.operation,
        true,
      ]);
  });

  it('names what it is about', () => {
    expect(commandOfAction(on('rerun'))).toBe(`nightshift instances rerun ${i}`);
    expect(commandOfAction({ operation: 'resume-task', target: task, ...rights })).toBe(
      'nightshift tasks resume p/w/t --env dev',
    );
    expect(commandOfAction({ operation: 'generate', target: day, ...rights })).toBe(
      'nightshift generate --project p --date 2026-11-19',
    );
  });

  it('is none where only the console can do it', () => {
    const target = { kind: 'pool', pool: 'throttle:x' } as const;
    expect(commandOfAction({ operation: 'raise-limit', target, ...rights })).toBeUndefined();
  });
});
