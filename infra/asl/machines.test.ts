import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import cases from '../../tests/data/asl/asl-validity-cases.json' with { type: 'json' };
import { machineDefinitions } from '../testing/machine-definitions.ts';
import { synthCenter } from '../testing/synth-center.ts';

const template = synthCenter();
const machines = machineDefinitions(template);
const aliases = Object.keys(template.findResources('AWS::Lambda::Alias'));
const machine = (suffix: string) => {
  const found = machines.find(({ name }) => name.endsWith(suffix));
  if (!found) throw new Error(`no machine ${suffix}`);
  return found;
};

describe('every state machine', () => {
  it('is one of the five', () => {
    expect(machines.map(({ name }) => name.split('-').at(-1)).toSorted()).toEqual([
      'BulkOperation',
      'DailyGeneration',
      'Dispatch',
      'RunTaskExpress',
      'RunTaskStandard',
    ]);
  });

  it.each(machines)('$name is valid Amazon States Language', ({ definition }) => {
    // The validator writes into what it is given.
    expect(validate(structuredClone(definition)).errorsText('\n')).toBe('');
  });

  it.each(machines)('$name gives every Task a time-out', ({ states }) => {
    const tasks = states.filter(([, { Type }]) => Type === 'Task');
    expect(tasks.length).toBeGreaterThan(1);
    for (const [, task] of tasks)
      expect(
        Object.keys(task).filter((field) => /^TimeoutSeconds(Path)?$/.test(field)),
      ).toHaveLength(1);
  });

  it.each(machines)('$name names each state once, inside a Map too', ({ states }) => {
    const names = states.map(([name]) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each(machines)('$name calls functions by their alias', ({ refs }) => {
    expect(refs.length).toBeGreaterThan(1);
    for (const ref of refs) expect(aliases).toContain(ref);
  });

  it.each(machines)(
    '$name is JSONPath without task tokens, heartbeats or context',
    ({ definition }) => {
      expect(JSON.stringify(definition)).not.toMatch(
        /QueryLanguage|JSONata|\$\$|Heartbeat|waitFor/,
      );
    },
  );

  it.each(machines)('$name does not retry a fault that a retry cannot cure', ({ states }) => {
    const retried = JSON.stringify(states.map(([, { Retry }]) => Retry ?? []));
    expect(retried).toMatch(/StoreConflict/);
    expect(retried).not.toMatch(/InputInvalid|RecordInvalid|States.ALL|States.TaskFailed/);
  });
});

describe('RunTask', () => {
  it.each(['RunTaskExpress', 'RunTaskStandard'])('%s never retries the task itself', (name) => {
    const states = Object.fromEntries(machine(name).states);
    for (const task of ['Http', 'Sql', 'Invoke']) {
      expect(states[task]).toMatchObject({ Type: 'Task', TimeoutSecondsPath: '$.timeoutSeconds' });
      expect(states[task]).not.toHaveProperty('Retry');
      expect(states[task]?.Catch).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Finish' },
      ]);
    }
  });

  it('is the same for both machines but for how long it may take', () => {
    const { definition: express } = machine('RunTaskExpress');
    const { definition: standard } = machine('RunTaskStandard');
    expect(express.States).toEqual(standard.States);
    expect([express.TimeoutSeconds, standard.TimeoutSeconds]).toEqual([300, 8 * 86_400]);
  });
});

describe('the validator', () => {
  it.each(cases.cases)('says of $corpus $name what it said when the cases were made', (given) => {
    expect(validate(JSON.parse(given.text)).isValid).toBe(given['aslValidator4.0.0']);
  });

  it('was given more than a hundred cases, valid and invalid', () => {
    const verdicts = cases.cases.map(({ valid }) => valid);
    expect(verdicts.length).toBeGreaterThan(100);
    expect(new Set(verdicts)).toEqual(new Set([true, false]));
  });
});
