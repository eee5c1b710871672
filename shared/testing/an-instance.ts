import { Instance } from '../domain/instance/instance.schema.ts';
import { instanceIdOf, runIdOf } from '../domain/instance/instance-id.ts';

/** A daily recurring instance of `noop` task `t`, not run yet, parsed; its ids follow from the other fields. */
export const anInstance = (fields: Partial<Instance> = {}): Instance => {
  const ref = {
    env: 'prod',
    project: 'p',
    workflow: 'w',
    task: 't',
    family: 'recurring',
    scope: '',
    bizDate: '2026-11-19',
    cycle: 1,
    index: 1,
    ...pick(fields),
  } as const;

  return Instance.parse({
    ...ref,
    id: instanceIdOf(ref),
    runId: runIdOf(ref),
    kind: 'noop',
    version: 1,
    dueAt: '2026-11-20T02:00:00.000Z',
    priority: 'MIDDLE',
    resourceGroup: 'default',
    timeoutSeconds: 60,
    retries: { count: 1, intervalSeconds: 300, onTimeout: false, onLost: false },
    status: 'NOT_RUN',
    seq: 1,
    attempt: 0,
    autoRetries: 0,
    slots: [],
    moves: [
      {
        seq: 1,
        move: 'generate',
        to: 'NOT_RUN',
        at: '2026-11-19T23:00:00.000Z',
        actor: 'system:generate',
      },
    ],
    ...fields,
  });
};

type RefFields = Pick<
  Instance,
  'env' | 'project' | 'workflow' | 'task' | 'family' | 'scope' | 'bizDate' | 'cycle' | 'index'
>;

const pick = (fields: Partial<Instance>): Partial<RefFields> => {
  const names = [
    'env',
    'project',
    'workflow',
    'task',
    'family',
    'scope',
    'bizDate',
    'cycle',
    'index',
  ] as const;
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
};
