import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { useT } from '../i18n/language-provider.tsx';
import { InstanceStatus } from '../status/instance-status.tsx';
import type { DagNode } from './dag.ts';
import { colorOfNode } from './dag-colors.ts';

export type TaskNode = Node<{ task: DagNode; found: boolean; dimmed: boolean }, 'task'>;

/** One task in the picture: name, status as icon and text, and what else there is to say. */
export const TaskNodeView = ({ data: { task, found, dimmed } }: NodeProps<TaskNode>) => {
  const classes = [
    'dag-node',
    task.focus && 'dag-focus',
    found && 'dag-found',
    dimmed && 'dag-dim',
    task.far && 'dag-far',
    task.group && 'dag-group',
  ];
  const marks = (task.marks ?? []).map(({ text }) => text);

  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      style={{ borderInlineStartColor: colorOfNode(task) }}
      title={[task.name, task.note, ...marks].filter(Boolean).join('\n')}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="dag-name">{task.name}</div>
      <div className="dag-status">
        <StateOfNode task={task} />
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
};

const StateOfNode = ({ task }: { task: DagNode }) => {
  const t = useT();
  if (task.group) return <span>{t('dag.group-hint')}</span>;
  if (task.status)
    return <InstanceStatus status={task.status} outcome={task.outcome} paused={task.paused} />;

  const [mark, ...others] = task.marks ?? [];
  if (!mark) return <span>{task.note ?? t('dag.not-run-yet')}</span>;
  return (
    <StatusIndicator type={mark.type}>
      {[mark, ...others].map(({ text }) => text).join(' · ')}
    </StatusIndicator>
  );
};
