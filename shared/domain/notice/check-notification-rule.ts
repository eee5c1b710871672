import { checkReceivers, type Reach, type RuleProblem } from './check-receivers.ts';
import type { NotificationWish } from './notification-rule.schema.ts';

/** All that is wrong with a notification beyond its shape; `workflows` are those that the project has. */
export const checkNotificationRule = (
  { items, sphere, methods, receivers }: NotificationWish,
  { reach, workflows }: { readonly reach: Reach; readonly workflows: ReadonlySet<string> },
): readonly RuleProblem[] => {
  const problems: RuleProblem[] = [];
  items.forEach((item, n) => {
    if (items.indexOf(item) < n)
      problems.push({ path: `items[${n}]`, message: `names ${item} twice` });
  });
  if (sphere.kind === 'workflows')
    sphere.workflows.forEach((workflow, n) => {
      const path = `sphere.workflows[${n}]`;
      if (sphere.workflows.indexOf(workflow) < n)
        problems.push({ path, message: `names ${workflow} twice` });
      else if (!workflows.has(workflow))
        problems.push({ path, message: `there is no workflow ${workflow}` });
    });
  return [
    ...problems,
    ...checkReceivers({ channels: methods, receivers }, reach, {
      channels: 'methods',
      receivers: 'receivers',
    }),
  ];
};
