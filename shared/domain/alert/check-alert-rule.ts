import { checkReceivers, type Reach, type RuleProblem } from '../notice/check-receivers.ts';
import type { AlertCondition, AlertRule } from './alert-rule.schema.ts';

type Wish = Pick<
  AlertRule,
  'scope' | 'whitelist' | 'channels' | 'receivers' | 'escalation' | 'effective'
>;

/** What a project has: `workflow` and `workflow/task` of what it published. */
export type Published = ReadonlySet<string>;

/** All that is wrong with alert rules of the same settings, one for each condition; paths are within the body. */
export const checkAlertRule = (
  wish: Wish,
  conditions: readonly { readonly path: string; readonly condition: AlertCondition }[],
  { reach, published }: { readonly reach: Reach; readonly published: Published },
): readonly RuleProblem[] => {
  const { scope, whitelist, channels, receivers, escalation, effective } = wish;
  const problems: RuleProblem[] = [];
  const say = (path: string, message: string) => problems.push({ path, message });

  if (scope.level === 'task') {
    const seen = new Set<string>();
    scope.tasks.forEach(({ workflow, task }, n) => {
      const name = `${workflow}/${task}`;
      if (seen.has(name)) say(`scope.tasks[${n}]`, `names ${name} twice`);
      else if (!published.has(name)) say(`scope.tasks[${n}]`, `there is no task ${name}`);
      seen.add(name);
    });
    if (whitelist.length > 0)
      say('whitelist', 'belongs to a rule of the whole project; leave out what it shall not watch');
  }
  whitelist.forEach(({ workflow, task }, n) => {
    const name = task === undefined ? workflow : `${workflow}/${task}`;
    if (!published.has(name))
      say(`whitelist[${n}]`, `there is no ${task === undefined ? 'workflow' : 'task'} ${name}`);
  });
  for (const { path, condition } of conditions)
    problems.push(...conditionProblems(path, condition, wish));
  if (effective && effective.from === effective.to)
    say('effective.to', '`from` and `to` must differ; leave the window out for all day');

  problems.push(
    ...checkReceivers({ channels, receivers }, reach, {
      channels: 'channels',
      receivers: 'receivers',
    }),
  );
  if (escalation) {
    const known = { channels, receivers: escalation.receivers };
    const found = checkReceivers(known, reach, {
      channels: 'channels',
      receivers: 'escalation.receivers',
    });
    // What is wrong with a channel has been said; here it is about who is told later.
    problems.push(...found.filter(({ path }) => path.startsWith('escalation')));
  }
  return problems;
};

const conditionProblems = (
  path: string,
  condition: AlertCondition,
  { scope, whitelist }: Wish,
): readonly RuleProblem[] => {
  switch (condition.on) {
    case 'not-completed': {
      const { by, byCycle } = condition;
      if (by === undefined && byCycle === undefined)
        return [
          {
            path: `${path}.by`,
            message: 'is missing; give a time, or one for each cycle in `byCycle`',
          },
        ];
      if (by !== undefined && byCycle !== undefined)
        return [{ path: `${path}.byCycle`, message: 'cannot stand beside `by`; give one of them' }];
      if (byCycle !== undefined && Object.keys(byCycle).length === 0)
        return [{ path: `${path}.byCycle`, message: 'names no cycle' }];
      if (byCycle !== undefined && scope.level !== 'task')
        return [
          {
            path: `${path}.byCycle`,
            message: 'is for rules of tasks: cycles differ from task to task',
          },
        ];
      return [];
    }
    case 'failed-count':
    case 'failed-share':
      if (scope.level !== 'project')
        return [
          {
            path: `${path}.on`,
            message: `${condition.on} counts a project; choose the project as scope`,
          },
        ];
      return scope.kinds !== undefined || whitelist.length > 0
        ? [
            {
              path: `${path}.on`,
              message: `${condition.on} counts all instances of a date; it knows no kinds and no whitelist`,
            },
          ]
        : [];
    default:
      return [];
  }
};
