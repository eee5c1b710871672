import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import type { DagEdge, DagNode } from '../../ui/dag/dag.ts';
import { DagPanel } from '../../ui/dag/dag-panel.tsx';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import { graphQuery, type WorkflowRef } from './workflows.queries.ts';

/** The tasks of a version, with the statuses of the instances of one run; a click opens the instance, or its log once it has ended. */
export const WorkflowGraph = ({
  workflow,
  version,
  instances,
  children,
}: {
  workflow: WorkflowRef;
  version: number;
  instances: readonly InstanceRow[];
  children?: ReactNode;
}) => {
  const t = useT();
  const { go } = useGo();
  const graph = useQuery(graphQuery(workflow, version));
  const latest = new Map(instances.map((row) => [row.task as string, row]));

  return (
    <Loaded query={graph} lines={10}>
      {({ tasks, edges, depth, width }) => {
        const own = new Set<string>(tasks.map(({ task }) => task));
        const nodes: DagNode[] = [
          ...tasks.map(({ task, kind }) => {
            const { status, outcome, paused } = latest.get(task) ?? {};
            return { id: task, name: task, note: kind, status, outcome, paused, inert: !status };
          }),
          // Upstreams of other workflows are named by their address.
          ...[...new Set<string>(edges.map(({ from }) => from))]
            .filter((from) => !own.has(from))
            .map((from) => ({ id: from, name: from, note: t('common.workflow'), inert: true })),
        ];
        const drawn: DagEdge[] = edges.filter(({ from, to }) => from !== to);

        return (
          <DagPanel
            name={workflow.workflow}
            nodes={nodes}
            edges={drawn}
            onOpen={({ id }) => {
              const row = latest.get(id);
              if (!row) return;
              const ended = row.status === 'SUCCESS' || row.status === 'FAILED';
              go({
                to: '/instances/$instance',
                params: { instance: row.id },
                // What has ended is opened for its log (W11).
                ...(ended && { search: { tab: 'log' } }),
              });
            }}
          >
            <Box color="text-body-secondary">{t('workflow.depth', { depth, width })}</Box>
            {children}
          </DagPanel>
        );
      }}
    </Loaded>
  );
};
