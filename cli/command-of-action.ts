import type { ClearingAction } from '../shared/domain/diagnosis/clearing-action.schema.ts';

/** The command line that does what would clear a blocker; undefined where only the console can. */
export const commandOfAction = ({ operation, target }: ClearingAction): string | undefined => {
  switch (target.kind) {
    case 'instance': {
      const { instance, parents = [] } = target;
      switch (operation) {
        case 'remove-upstream':
          return `nightshift instances remove-upstream ${instance} ${parents.join(' ')}`;
        case 'set-priority':
          return `nightshift instances priority ${instance} <priority>`;
        case 'set-resource-group':
          return `nightshift instances group ${instance} <resource-group>`;
        default:
          return `nightshift instances ${operation} ${instance}`;
      }
    }
    case 'task': {
      const { env, project, workflow, task } = target;
      return `nightshift tasks resume ${project}/${workflow}/${task}${env === 'dev' ? ' --env dev' : ''}`;
    }
    case 'hold':
      return operation === 'thaw'
        ? `nightshift thaw ${target.hold}`
        : `nightshift holds lift ${target.hold}`;
    case 'day': {
      const { env, project, bizDate } = target;
      return `nightshift generate --project ${project} --date ${bizDate}${env === 'dev' ? ' --env dev' : ''}`;
    }
    default:
      return undefined;
  }
};
