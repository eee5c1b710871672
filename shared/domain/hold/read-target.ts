import { err, ok, type Result } from '../kernel/result.ts';
import { HoldTarget } from './hold.schema.ts';

/** What people type for everything. */
const everythingText = 'all';

/**
 * A target as people type it: `project`, `project/workflow`, `project/workflow/task`, `throttle:rule`, `group:name` or
 * `all`.
 */
export const readTarget = (typed: string): Result<HoldTarget, string> => {
  const parsed = HoldTarget.safeParse(partsOf(typed.trim()));
  return parsed.success
    ? ok(parsed.data)
    : err(
        'must be project, project/workflow, project/workflow/task, throttle:rule, group:name or all',
      );
};

/** The text that `readTarget` reads as this. */
export const targetText = (target: HoldTarget): string => {
  switch (target.kind) {
    case 'everything':
      return everythingText;
    case 'pool':
      return target.pool;
    case 'project':
      return target.project;
    case 'workflow':
      return `${target.project}/${target.workflow}`;
    case 'task':
      return `${target.project}/${target.workflow}/${target.task}`;
  }
};

const partsOf = (typed: string): unknown => {
  if (typed === everythingText) return { kind: 'everything' };
  if (/^(throttle|group):/.test(typed)) return { kind: 'pool', pool: typed };
  const [project, workflow, task, more] = typed.split('/');
  if (more !== undefined) return undefined;
  if (workflow === undefined) return { kind: 'project', project };
  return task === undefined
    ? { kind: 'workflow', project, workflow }
    : { kind: 'task', project, workflow, task };
};
