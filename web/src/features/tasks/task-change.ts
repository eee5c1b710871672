import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import { kindTimeouts } from '../../../../shared/domain/project/effective-settings.ts';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import type { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import type { BatchAction } from './task-refusal.ts';
import type { TaskBatchBody } from './tasks.queries.ts';

/** What the fields of the dialog hold; each action looks at its own. */
export type TaskChange = {
  readonly asDefined: boolean;
  readonly owner: string;
  readonly priority: Priority;
  readonly group: string;
  readonly timeoutSeconds: string;
  readonly retryCount: string;
  readonly retryInterval: string;
  readonly dryRun: boolean;
};

export const noChange: TaskChange = {
  asDefined: false,
  owner: '',
  priority: 'MIDDLE',
  group: '',
  timeoutSeconds: '',
  retryCount: '1',
  retryInterval: '',
  dryRun: true,
};

const isNumber = (text: string, { from, to }: { from: number; to: number }): boolean =>
  /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to;

/** Whether the fields of an action are filled in. */
export const isComplete = (action: BatchAction, change: TaskChange): boolean => {
  if (change.asDefined) return true;
  switch (action) {
    case 'set-owner':
      return change.owner !== '';
    case 'set-resource-group':
      return change.group !== '';
    case 'set-timeout':
      return isNumber(change.timeoutSeconds, { from: 1, to: 604_800 });
    case 'set-retries':
      return (
        isNumber(change.retryCount, { from: 0, to: 10 }) &&
        (change.retryInterval === '' || isNumber(change.retryInterval, { from: 1, to: 3_600 }))
      );
    default:
      return true;
  }
};

/** The call that an action with its fields makes. */
export const bodyOf = (
  action: BatchAction,
  base: Pick<TaskBatchBody, 'ids' | 'env' | 'comment'>,
  change: TaskChange,
): TaskBatchBody => {
  const { asDefined } = change;
  switch (action) {
    case 'pause':
    case 'resume':
    case 'undeploy':
      return { op: action, ...base };
    case 'set-owner':
      return { op: action, ...base, owner: asDefined ? null : change.owner };
    case 'set-priority':
      return { op: action, ...base, priority: asDefined ? null : change.priority };
    case 'set-resource-group':
      return { op: action, ...base, resourceGroup: asDefined ? null : change.group };
    case 'set-timeout':
      return {
        op: action,
        ...base,
        timeoutSeconds: asDefined ? null : Number(change.timeoutSeconds),
      };
    case 'set-retries': {
      const interval =
        change.retryInterval === '' ? {} : { intervalSeconds: Number(change.retryInterval) };
      const retries = { count: Number(change.retryCount), ...interval };
      return { op: action, ...base, retries: asDefined ? null : retries };
    }
    case 'set-dry-run':
      return { op: action, ...base, dryRun: asDefined ? null : change.dryRun };
  }
};

export type ValueRefusal =
  | { readonly why: 'not-member'; readonly owner: string }
  | { readonly why: 'admin' }
  | { readonly why: 'no-timeout' }
  | { readonly why: 'ceiling'; readonly seconds: number };

/** Why the value that was chosen does not fit one task; undefined when it does. */
export const valueRefusal = (
  row: Pick<TaskRow, 'project' | 'kind'>,
  action: BatchAction,
  change: TaskChange,
  {
    projects,
    isAdmin,
  }: { readonly projects: readonly Project[]; readonly isAdmin: (project: string) => boolean },
): ValueRefusal | undefined => {
  if (change.asDefined) return undefined;
  if (action === 'set-owner' && change.owner !== '') {
    const members = projects.find(({ name }) => name === row.project)?.members ?? [];
    const known = members.some(({ user }) => user === change.owner);
    return known ? undefined : { why: 'not-member', owner: change.owner };
  }
  if (action === 'set-priority' && (change.priority === 'HIGH' || change.priority === 'HIGHEST'))
    return isAdmin(row.project) ? undefined : { why: 'admin' };
  if (action === 'set-timeout') {
    const ceiling = kindTimeouts[row.kind]?.ceilingSeconds;
    if (ceiling === undefined) return { why: 'no-timeout' };
    if (Number(change.timeoutSeconds) > ceiling) return { why: 'ceiling', seconds: ceiling };
  }
  return undefined;
};
