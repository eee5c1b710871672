import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import type { ListedSimulation } from '../../../../shared/contracts/api/simulation-routes.ts';
import { GanttChart } from '../../ui/gantt/gantt-chart.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ganttRows } from './gantt-rows.ts';
import { TaskInstances } from './task-instances.tsx';
import { useWords } from './use-words.ts';

/** The simulated hours: workflows with their runs, tasks below them, and what a chosen task waits for. */
export const NightGantt = ({
  project,
  simulation,
  now,
  chosen,
  onChoose,
}: {
  project: string;
  simulation: ListedSimulation;
  now: string;
  /** `workflow/task` whose instances are listed. */
  chosen: string | undefined;
  onChoose: (row: string | undefined) => void;
}) => {
  const t = useT();
  const words = useWords(project);
  const [open, setOpen] = useState<ReadonlySet<string>>(
    new Set(chosen === undefined ? [] : [chosen.split('/')[0] ?? '']),
  );
  const { from, until, runs, instances, dst } = simulation;
  const last = useMemo(
    () => runs.reduce((latest, { endAt }) => (endAt && endAt > latest ? endAt : latest), until),
    [runs, until],
  );
  const rows = ganttRows({ runs, instances, until: last }, open, words);
  const listed = instances.filter(({ workflow, task }) => `${workflow}/${task}` === chosen);
  const changes = [...new Map(dst.map(({ at, zone }) => [at, zone]))];

  const toggle = (row: string) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(row)) after.add(row);
      return after;
    });

  return (
    <SpaceBetween size="m">
      <GanttChart
        name={t('simulation.gantt')}
        rows={rows}
        span={{ from, to: last }}
        now={now >= from && now <= last ? now : undefined}
        marks={changes.map(([at, zone]) => ({ at, label: t('simulation.clock-change', { zone }) }))}
        project={project}
        onOpen={(row) => (row.includes('/') ? onChoose(row) : toggle(row))}
        onToggle={toggle}
      />
      <Box variant="small" color="text-body-secondary">
        {t('simulation.legend')}
      </Box>
      {chosen !== undefined && listed.length > 0 && (
        <TaskInstances
          name={chosen}
          project={project}
          instances={listed}
          onClose={() => onChoose(undefined)}
        />
      )}
    </SpaceBetween>
  );
};
