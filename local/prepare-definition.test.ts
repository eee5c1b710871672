import { describe, expect, it } from 'vitest';
import { prepareDefinition, waitMs } from './prepare-definition.ts';

const lambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:F:live';
const machine = (state: object) => ({
  StartAt: 'A',
  States: { A: { Type: 'Task', Resource: lambdaArn, ...state } },
});
const prepare = (source: unknown, speed = 1) => prepareDefinition('Machine', source, speed);

describe('a definition made ready for the interpreter', () => {
  it('takes the time-out of a Task out of its input before Parameters replace it', () => {
    const { definition } = prepare(
      machine({ TimeoutSecondsPath: '$.t', Parameters: { 'x.$': '$.y' }, End: true }),
    );
    expect(definition.States.A).toMatchObject({
      Parameters: { input: { 'x.$': '$.y' }, 'timeoutSeconds.$': '$.t' },
    });
    expect(definition.States.A).not.toHaveProperty('TimeoutSecondsPath');
  });

  it('hands the whole input on when there are no Parameters', () => {
    const { definition } = prepare(machine({ TimeoutSecondsPath: '$.t', End: true }));
    expect(definition.States.A).toMatchObject({
      Parameters: { 'input.$': '$', 'timeoutSeconds.$': '$.t' },
    });
  });

  it('turns a Wait, also inside a Map, into a task of the host', () => {
    const { definition, duties } = prepare({
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          End: true,
          ItemProcessor: {
            StartAt: 'W',
            States: { W: { Type: 'Wait', TimestampPath: '$.at', End: true } },
          },
        },
      },
    });
    expect(definition.States.Each).toMatchObject({
      ItemProcessor: { States: { W: { Type: 'Task', End: true } } },
    });
    expect(duties.get('W')).toMatchObject({ kind: 'wait', until: { TimestampPath: '$.at' } });
  });

  it('shortens the pauses of Retry with the speed of the clock', () => {
    const { definition } = prepare(
      machine({
        TimeoutSeconds: 5,
        Retry: [{ ErrorEquals: ['X'], IntervalSeconds: 30 }],
        End: true,
      }),
      60,
    );
    expect(definition.States.A?.Retry).toEqual([{ ErrorEquals: ['X'], IntervalSeconds: 0.5 }]);
  });

  it.each([
    ['JSONata', machine({ TimeoutSeconds: 1, QueryLanguage: 'JSONata' })],
    ['Assign', machine({ TimeoutSeconds: 1, Assign: {} })],
    ['HeartbeatSeconds', machine({ TimeoutSeconds: 1, HeartbeatSeconds: 1 })],
    ['time-out', machine({})],
    [
      'startExecution',
      machine({ TimeoutSeconds: 1, Resource: 'arn:aws:states:::states:startExecution' }),
    ],
    [
      'waitForTaskToken',
      machine({ TimeoutSeconds: 1, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }),
    ],
  ])('refuses what the interpreter would run wrongly: %s', (word, source) => {
    expect(() => prepare(source)).toThrow(new RegExp(`"A" of Machine.*${word}`));
  });

  it('reckons a wait by seconds, path or instant', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(waitMs({ Seconds: 2 }, {}, now)).toBe(2000);
    expect(waitMs({ SecondsPath: '$.a.b' }, { a: { b: 3 } }, now)).toBe(3000);
    expect(waitMs({ TimestampPath: '$.at' }, { at: '2026-01-01T00:00:04Z' }, now)).toBe(4000);
  });
});
