import type { TaskGraphNode } from '../../../../shared/contracts/api/task-graph-view.ts';
import type { DagMenuItem } from '../../ui/dag/dag.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { roleFor, type TaskAction, taskActions } from './task-refusal.ts';
import type { May } from './use-task-refusal.ts';

/**
 * The menu of a node: expanding always, the operation log where the node allows it, the operations of a task only in the
 * project that the graph is about (N47).
 */
export const useGraphMenu = (may: May): ((node: TaskGraphNode) => readonly DagMenuItem[]) => {
  const t = useT();

  return (node) => {
    const expand = (id: 'expand-up' | 'expand-down', count: number): DagMenuItem =>
      count > 0
        ? { id, text: t(`dag.${id}`, { count }) }
        : { id, text: t(nothing[id]), refusal: '' };
    const operation = (action: TaskAction): DagMenuItem => {
      const role = roleFor(action);
      return {
        id: action,
        text: t(`task-action.${action}`),
        refusal: may(role, node.project)
          ? undefined
          : t('task-refusal.role', { role: t(`role.${role}`) }),
      };
    };
    const expanding = [expand('expand-up', node.moreUp), expand('expand-down', node.moreDown)];
    if (node.allows === 'expand') return expanding;

    const log = { id: 'log', text: t('dag.open-log') };
    if (node.allows === 'expand-and-log') return [...expanding, log];
    const fitting = taskActions.filter((action) => {
      if (action === 'pause') return !node.paused;
      if (action === 'resume') return node.paused;
      return action !== 'run';
    });
    return [
      { id: 'open', text: t('dag.open') },
      ...expanding,
      log,
      ...(node.missing ? [] : fitting.map(operation)),
    ];
  };
};

const nothing = { 'expand-up': 'dag.nothing-above', 'expand-down': 'dag.nothing-below' } as const;
