import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { TaskDetail } from '../../../../shared/contracts/api/task-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { TaskStateText } from './task-state-text.tsx';
import { CycleText, RetriesText, TimeoutText } from './task-texts.tsx';

/** What a task is and what operators set about it, in pairs of label and value. */
export const TaskFacts = ({ task }: { task: TaskDetail }) => {
  const t = useT();
  const { project, workflow, overridden } = task;
  const fields = overridden.map((field) => t(`task-field.${field}`)).join(', ');

  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: t('tasks.state'), value: <TaskStateText row={task} /> },
        { label: t('tasks.kind'), value: t(`task-kind.${task.kind}`) },
        { label: t('tasks.schedule'), value: <CycleText row={task} /> },
        { label: t('common.priority'), value: t(`priority.${task.priority}`) },
        { label: t('common.project'), value: project },
        {
          label: t('common.workflow'),
          value: (
            <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
              {workflow}
            </RouteLink>
          ),
        },
        { label: t('common.owner'), value: task.owner ?? t('common.none') },
        { label: t('tasks.resource-group'), value: task.resourceGroup ?? 'default' },
        { label: t('tasks.timeout'), value: <TimeoutText row={task} /> },
        { label: t('tasks.retries'), value: <RetriesText row={task} /> },
        { label: t('common.tags'), value: task.tags.join(', ') || t('common.none') },
        {
          label: t('common.updated'),
          value: <At at={task.updatedAt} project={project} form="full" />,
        },
        ...(fields ? [{ label: t('tasks.set-by-hand'), value: fields }] : []),
        {
          label: t('task.id'),
          value: (
            <CopyToClipboard
              variant="inline"
              copyButtonAriaLabel={t('common.copy-id')}
              copySuccessText={t('common.copied')}
              copyErrorText={t('common.copy-failed')}
              textToCopy={task.id}
            />
          ),
        },
      ]}
    />
  );
};
