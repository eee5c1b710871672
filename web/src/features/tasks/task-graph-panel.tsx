import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TaskGraphNode } from '../../../../shared/contracts/api/task-graph-view.ts';
import type { DagNode } from '../../ui/dag/dag.ts';
import { DagPanel } from '../../ui/dag/dag-panel.tsx';
import { LevelSlider } from '../../ui/dag/level-slider.tsx';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import type { GraphSearch } from './graph-search.ts';
import type { TaskAction } from './task-refusal.ts';
import { type TaskRef, taskGraphQuery } from './tasks.queries.ts';
import { useGraphMenu } from './use-graph-menu.ts';
import { useMarks } from './use-marks.ts';
import type { May } from './use-task-refusal.ts';

const taskPage = '/tasks/$project/$workflow/$task';

/**
 * The tasks around one: as many levels as chosen, single nodes opened further, paths of the chosen node, the operations
 * of each by right click (nodes-and-instances 3.1).
 */
export const TaskGraphPanel = ({
  task,
  search,
  may,
  onSearch,
  onAction,
}: {
  task: TaskRef;
  search: GraphSearch;
  may: May;
  onSearch: (search: GraphSearch) => void;
  onAction: (node: TaskGraphNode, action: TaskAction) => void;
}) => {
  const t = useT();
  const { go } = useGo();
  const { up, down, openUp, openDown } = search;
  const graph = useQuery(taskGraphQuery(task, { up, down, openUp, openDown }));
  const [chosen, setChosen] = useState<string>();
  const marksOf = useMarks();
  const menu = useGraphMenu(may);

  const open = (node: TaskGraphNode, tab: string) =>
    go({
      to: taskPage,
      params: { project: node.project, workflow: node.workflow, task: node.task },
      search: { tab },
    });
  const withOpened = (before: string, id: string) =>
    [...new Set([...before.split(',').filter(Boolean), id])].join(',');

  return (
    <Loaded query={graph} lines={10}>
      {({ nodes, edges, truncated }) => {
        const byId = new Map(nodes.map((node) => [node.id, node]));
        const drawn = nodes.map((node): DagNode => {
          const isHome = node.level === 0;
          const where = node.foreign ? `${node.project} / ${node.workflow}` : node.workflow;
          const kind = node.kind && t(`task-kind.${node.kind}`);
          return {
            id: node.id,
            name: node.task,
            note: node.workflow === task.workflow && !node.foreign ? (kind ?? where) : where,
            marks: marksOf(node),
            level: node.level,
            far: node.foreign,
            focus: isHome,
            inert: isHome || node.hidden || node.missing,
          };
        });

        return (
          <>
            {truncated && <Alert type="warning">{t('dag.truncated')}</Alert>}
            <DagPanel
              name={task.task}
              nodes={drawn}
              edges={edges.map(({ from, to, kind }) => ({
                ...{ from, to },
                crossCycle: kind !== 'current',
              }))}
              chosen={chosen}
              onChoose={(node) => setChosen(node?.id)}
              onOpen={({ id }) => {
                const node = byId.get(id);
                if (node) open(node, node.allows === 'everything' ? 'dag' : 'log');
              }}
              menuOf={({ id }) => {
                const node = byId.get(id);
                return node ? menu(node) : [];
              }}
              onMenu={({ id }, item) => {
                const node = byId.get(id);
                if (!node) return;
                if (item === 'expand-up') onSearch({ ...search, openUp: withOpened(openUp, id) });
                else if (item === 'expand-down')
                  onSearch({ ...search, openDown: withOpened(openDown, id) });
                else if (item === 'open') open(node, 'dag');
                else if (item === 'log') open(node, 'log');
                else onAction(node, item as TaskAction);
              }}
            >
              <LevelSlider
                label={t('dag.up')}
                value={up}
                onChange={(value) => onSearch({ ...search, up: value })}
              />
              <LevelSlider
                label={t('dag.down')}
                value={down}
                onChange={(value) => onSearch({ ...search, down: value })}
              />
            </DagPanel>
            <Box variant="small" color="text-body-secondary">
              {t('dag.hint')} {t('dag.dashed')}
            </Box>
          </>
        );
      }}
    </Loaded>
  );
};
