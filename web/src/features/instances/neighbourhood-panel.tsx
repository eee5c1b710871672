import Alert from '@cloudscape-design/components/alert';
import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import type { DagNode } from '../../ui/dag/dag.ts';
import { DagPanel } from '../../ui/dag/dag-panel.tsx';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import { neighbourhoodQuery } from './instances.queries.ts';

/** The instances around one, as many levels up and down as chosen; a click goes there. */
export const NeighbourhoodPanel = ({
  row,
  up,
  down,
  onLevels,
}: {
  row: InstanceRow;
  up: number;
  down: number;
  onLevels: (up: number, down: number) => void;
}) => {
  const t = useT();
  const { go } = useGo();
  const neighbourhood = useQuery(neighbourhoodQuery(row.id, up, down));
  const levels = Array.from({ length: 11 }, (_, level) => ({
    value: String(level),
    label: String(level),
  }));
  const level = (label: string, value: number, choose: (value: number) => void) => (
    <div className="level-select">
      <Select
        ariaLabel={label}
        inlineLabelText={label}
        options={levels}
        selectedOption={levels[value] ?? null}
        onChange={({ detail }) => choose(Number(detail.selectedOption.value))}
      />
    </div>
  );

  return (
    <Loaded query={neighbourhood} lines={10}>
      {({ nodes, edges, truncated }) => (
        <>
          {truncated && <Alert type="info">{t('neighbours.truncated')}</Alert>}
          <DagPanel
            name={row.task}
            nodes={nodes.map((node): DagNode => {
              const far = node.bizDate === row.bizDate ? '' : ` · ${node.bizDate}`;
              const other = node.workflow === row.workflow ? '' : `${node.workflow} · `;
              return {
                id: node.id,
                name: `${other}${node.task} ${node.index}${far}`,
                note: t(node.hidden ? 'neighbours.hidden' : 'neighbours.missing'),
                status: node.hidden ? undefined : node.status,
                outcome: node.outcome,
                paused: node.paused,
                focus: node.id === row.id,
                inert: node.hidden || node.status === undefined,
              };
            })}
            edges={edges}
            onOpen={({ id }) =>
              go({ to: '/instances/$instance', params: { instance: id }, search: { tab: 'dag' } })
            }
          >
            {level(t('neighbours.up'), up, (value) => onLevels(value, down))}
            {level(t('neighbours.down'), down, (value) => onLevels(up, value))}
          </DagPanel>
        </>
      )}
    </Loaded>
  );
};
