import type { Blocker } from '../gate/decision.schema.ts';
import type { Instance } from '../instance/instance.schema.ts';
import { parseInstanceId } from '../instance/instance-id.ts';
import { refusalOf } from '../instance/refusal-of.ts';
import type { InstanceOperation } from '../operation/instance-operation.schema.ts';
import type { PossibleAction } from './clearing-action.schema.ts';

type Subject = Pick<Instance, 'id' | 'env' | 'project' | 'workflow' | 'task'>;

/** What would clear a blocker of an instance, the gentlest first; nothing where waiting is all one can do. */
export const actionsOf = (instance: Subject, blocker: Blocker): readonly PossibleAction[] => {
  const { code, instance: other, pool, hold } = blocker;
  const self = (operation: InstanceOperation) => onInstance(operation, instance.id);
  const upstream = (operation: InstanceOperation) =>
    other === undefined ? [] : onInstance(operation, other);
  const cut = other === undefined ? [] : removeUpstream(instance, other);

  switch (code) {
    case 'instance-paused':
      return self('resume');
    case 'instance-held':
      return self('unhold');
    case 'task-paused':
      return [resumeTask(instance)];
    case 'task-held':
    case 'workflow-held':
    case 'project-held':
      return holdAction('lift-hold', hold, instance.project);
    case 'pool-held':
      return holdAction('lift-hold', hold, undefined);
    case 'frozen':
      return holdAction('thaw', hold, undefined);
    case 'parent-failed':
      return [...upstream('rerun'), ...upstream('set-success'), ...cut];
    case 'parent-paused':
      return [...upstream('resume'), ...cut];
    case 'parent-missing':
      return [...generate(other), ...cut];
    case 'parent-waiting':
    case 'parent-running':
      return cut;
    case 'approval-pending':
      return [...self('approve'), ...self('reject')];
    case 'not-due':
    case 'retry-wait':
    case 'previous-run':
    case 'recurring-first':
    case 'run-window':
      return self('force-rerun');
    case 'rule-full':
    case 'slot-reserved':
      return [...self('set-priority'), ...raiseLimit(pool), ...upstream('terminate')];
    case 'group-full':
      return [
        ...self('set-priority'),
        ...self('set-resource-group'),
        ...raiseLimit(pool),
        ...upstream('terminate'),
      ];
    case 'rule-closed':
      return raiseLimit(pool);
    default:
      return [];
  }
};

/** What helps an instance that has failed, as far as its status allows it. */
export const actionsOnFailure = (instance: Instance): readonly PossibleAction[] =>
  (['rerun', 'set-success', 'force-rerun'] as const)
    .filter((operation) => refusalOf(instance, operation) === undefined)
    .flatMap((operation) => onInstance(operation, instance.id));

/** What brings an instance into being that was never generated. */
export const generate = (id: string | undefined): readonly PossibleAction[] => {
  const ref = id === undefined ? undefined : parseInstanceId(id);
  if (ref?.family !== 'recurring') return [];
  const { env, project, bizDate } = ref;
  const target = { kind: 'day', env, project, bizDate } as const;
  return [{ operation: 'generate', target, role: 'operator', project }];
};

const onInstance = (operation: InstanceOperation, id: string): readonly PossibleAction[] => {
  const project = parseInstanceId(id)?.project;
  const target = { kind: 'instance', instance: id } as const;
  return project === undefined ? [] : [{ operation, target, role: 'operator', project }];
};

const removeUpstream = ({ id, project }: Subject, parent: string): readonly PossibleAction[] => [
  {
    operation: 'remove-upstream',
    target: { kind: 'instance', instance: id, parents: [parent] },
    role: 'operator',
    project,
  },
];

const resumeTask = ({ env, project, workflow, task }: Subject): PossibleAction => ({
  operation: 'resume-task',
  target: { kind: 'task', env, project, workflow, task },
  role: 'operator',
  project,
});

const holdAction = (
  operation: 'lift-hold' | 'thaw',
  hold: string | undefined,
  project: string | undefined,
): readonly PossibleAction[] =>
  hold === undefined
    ? []
    : [
        {
          operation,
          target: { kind: 'hold', hold },
          role: project === undefined ? 'admin' : 'operator',
          ...(project === undefined ? {} : { project }),
        },
      ];

const raiseLimit = (pool: string | undefined): readonly PossibleAction[] =>
  pool === undefined
    ? []
    : [{ operation: 'raise-limit', target: { kind: 'pool', pool }, role: 'admin' }];
