import type { TaskGraphNode } from '../../../../shared/contracts/api/task-graph-view.ts';
import type { DagMark } from '../../ui/dag/dag.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** What stands beside the name of a task in a graph: why it does not run as usual, or why nothing is told about it. */
export const useMarks = (): ((node: TaskGraphNode) => readonly DagMark[]) => {
  const t = useT();
  return ({ hidden, missing, paused, held, dryRun, deployed }) => {
    if (hidden) return [{ text: t('dag.hidden'), type: 'stopped' }];
    if (missing) return [{ text: t('dag.missing'), type: 'warning' }];
    const marks: (DagMark | false)[] = [
      !deployed && { text: t('task-state.undeployed'), type: 'warning' },
      paused && { text: t('task-state.paused'), type: 'stopped' },
      held && { text: t('task-state.held'), type: 'warning' },
      dryRun && { text: t('task-state.dry-run'), type: 'info' },
    ];
    return marks.filter((mark) => mark !== false);
  };
};
