import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { useT } from '../i18n/language-provider.tsx';
import { InstanceStatus } from '../status/instance-status.tsx';
import type { DagNode } from './dag.ts';
import { colorOf } from './dag-colors.ts';

export type TaskNode = Node<{ task: DagNode; found: boolean; dimmed: boolean }, 'task'>;

/** One task in the picture: name, status as icon and text, and what else there is to say. */
export const TaskNodeView = ({ data: { task, found, dimmed } }: NodeProps<TaskNode>) => {
  const t = useT();
  const classes = [
    'dag-node',
    task.focus && 'dag-focus',
    found && 'dag-found',
    dimmed && 'dag-dim',
  ];

  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      style={{ borderInlineStartColor: colorOf(task.status) }}
      title={[task.name, task.note].filter(Boolean).join('\n')}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="dag-name">{task.name}</div>
      <div className="dag-status">
        {task.status ? (
          <InstanceStatus status={task.status} outcome={task.outcome} paused={task.paused} />
        ) : (
          <span>{task.note ?? t('dag.not-run-yet')}</span>
        )}
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
};
