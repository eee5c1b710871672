import type { Role } from '../project/project.schema.ts';
import type { HoldTarget } from './hold.schema.ts';

/** Where holds that belong to no project are kept; no project may have this name. */
const system = 'system';

/** The project whose members may set and lift it; `system` for what all projects share. */
export const projectOfHold = (target: HoldTarget): string =>
  'project' in target ? target.project : system;

/** The project that an id of a hold names, whether there is such a hold or not. */
export const projectOfHoldId = (id: string): string => id.split('~')[0] ?? system;

/** Who may set, change and lift it, in that project: a hold of everything is for administrators. */
export const roleForHold = ({ kind }: HoldTarget): Role =>
  kind === 'everything' ? 'admin' : 'operator';

/** The object of the operation log under which its entries stand: what is held, so that its own log shows it. */
export const objectOfHold = (target: HoldTarget): string => {
  switch (target.kind) {
    case 'task':
      return `task:${target.project}/${target.workflow}/${target.task}`;
    case 'workflow':
      return `workflow:${target.project}/${target.workflow}`;
    case 'project':
      return `project:${target.project}`;
    case 'pool':
      return target.pool.startsWith('throttle:')
        ? `throttle-rule:${target.pool.slice('throttle:'.length)}`
        : `resource-group:${target.pool.slice('group:'.length)}`;
    case 'everything':
      return 'everything';
  }
};
