import './tasks.css';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { stringify } from 'yaml';
import type { TaskDetail } from '../../../../shared/contracts/api/task-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** What a task runs and with what, for those who operate, and its runbook for everybody. */
export const TaskDefinition = ({ task }: { task: TaskDetail }) => {
  const t = useT();
  const none = t('common.none');
  const upstreams = task.upstreams.map((up) =>
    [up.project, up.workflow, up.task].filter(Boolean).join('/'),
  );
  const parameters = Object.entries(task.parameters).map(([name, value]) => `${name}=${value}`);

  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('task.runbook')}</Header>}>
        {task.runbook ? (
          // Written by people for people: shown as it is, never as HTML.
          <div className="task-runbook">{task.runbook}</div>
        ) : (
          <Box color="text-body-secondary">{t('task.runbook-none')}</Box>
        )}
      </Container>
      <Container header={<Header variant="h2">{t('task.code')}</Header>}>
        <SpaceBetween size="l">
          <KeyValuePairs
            columns={4}
            items={[
              { label: t('task.upstreams'), value: upstreams.join(', ') || none },
              {
                label: t('task.self-dependent'),
                value: t(task.selfDependent ? 'common.yes' : 'common.no'),
              },
              { label: t('task.parameters'), value: parameters.join(', ') || none },
              { label: t('task.pools'), value: task.pools.join(', ') || none },
            ]}
          />
          {task.work === undefined ? (
            <Box color="text-body-secondary">{t('task.code-closed')}</Box>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
            <pre className="code" tabIndex={0}>
              {stringify(task.work)}
            </pre>
          )}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
};
