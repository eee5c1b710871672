import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { WorkflowNode } from '../../../../shared/contracts/api/schedule-routes.ts';
import type { Outcome, Status } from '../../../../shared/domain/instance/instance.schema.ts';
import type { RunStatus } from '../../../../shared/domain/run/run.schema.ts';
import { DagPanel } from '../../ui/dag/dag-panel.tsx';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import { NeighboursTable } from './neighbours-table.tsx';
import { neighboursQuery, type WorkflowPlace } from './run-views.queries.ts';

/** A run in the words of an instance: what the picture has icons for. */
const drawnAs: Readonly<Record<RunStatus, { status: Status; outcome?: Outcome }>> = {
  WAITING: { status: 'WAIT_TIME' },
  RUNNING: { status: 'RUNNING' },
  SUCCESS: { status: 'SUCCESS' },
  FAILED: { status: 'FAILED' },
  CANCELLED: { status: 'FAILED', outcome: 'terminated' },
};

const mostLevels = 6;

/** The workflows that one waits for and those that wait for it, as a picture and as a list (W23). */
export const NeighboursPanel = ({
  place,
  up,
  down,
  onLevels,
}: {
  place: WorkflowPlace;
  up: number;
  down: number;
  onLevels: (up: number, down: number) => void;
}) => {
  const t = useT();
  const { go } = useGo();
  const graph = useQuery(neighboursQuery(place, { up, down }));
  const root = `${place.project}/${place.workflow}`;
  const noteOf = ({ cycle, owner, hidden, exists }: WorkflowNode) => {
    if (hidden) return t('runview.hidden');
    if (!exists) return t('runview.gone');
    return [t(`runview.cycle.${cycle}`), owner].filter(Boolean).join(' · ');
  };
  const levels = (label: string, value: number, choose: (level: number) => void) => (
    <FormField label={label}>
      <Select
        selectedOption={{ value: String(value), label: String(value) }}
        options={Array.from({ length: mostLevels + 1 }, (_, level) => ({
          value: String(level),
          label: String(level),
        }))}
        onChange={({ detail }) => choose(Number(detail.selectedOption.value))}
      />
    </FormField>
  );

  return (
    <SpaceBetween size="m">
      <SpaceBetween direction="horizontal" size="m">
        {levels(t('runview.up'), up, (level) => onLevels(level, down))}
        {levels(t('runview.down'), down, (level) => onLevels(up, level))}
      </SpaceBetween>
      <Loaded query={graph} lines={10}>
        {({ nodes, edges, cut }) =>
          nodes.length === 1 ? (
            <Box>{t('runview.alone')}</Box>
          ) : (
            <SpaceBetween size="l">
              {cut && <Alert type="info">{t('runview.cut')}</Alert>}
              <DagPanel
                name={t('runview.around', { workflow: place.workflow })}
                nodes={nodes.map((node) => ({
                  id: node.id,
                  name: node.project === place.project ? node.workflow : node.id,
                  note: noteOf(node),
                  ...(node.lastRun && drawnAs[node.lastRun.status]),
                  focus: node.id === root,
                  far: node.project !== place.project,
                  inert: node.hidden || !node.exists,
                }))}
                edges={edges.map(({ from, to, kind }) => ({
                  from,
                  to,
                  crossCycle: kind === 'cross-cycle',
                }))}
                onOpen={({ id }) => {
                  const [project = '', workflow = ''] = id.split('/');
                  go({
                    to: '/workflows/$project/$workflow',
                    params: { project, workflow },
                    search: { tab: 'dependencies' },
                  });
                }}
              />
              <NeighboursTable root={root} nodes={nodes} edges={edges} noteOf={noteOf} />
            </SpaceBetween>
          )
        }
      </Loaded>
    </SpaceBetween>
  );
};
