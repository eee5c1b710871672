import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Handover } from '../../../../shared/contracts/api/handover-routes.ts';
import { targetText } from '../../../../shared/domain/hold/read-target.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';

/** What does not start because somebody said so: holds and freezes, paused tasks, paused or held instances. */
export const KeptBack = ({ told }: { told: Handover }) => {
  const t = useT();
  const { holds, pausedTasks, kept, project } = told;
  const count = holds.length + pausedTasks.length + kept.length;

  return (
    <Container
      header={
        <Header variant="h2" counter={`(${count})`}>
          {t('handover.kept')}
        </Header>
      }
    >
      {count === 0 && <StatusIndicator type="success">{t('handover.kept-none')}</StatusIndicator>}
      <ul className="handover-list">
        {holds.map(({ id, purpose, target, reason, by, since }) => (
          <li key={id}>
            <StatusIndicator type="stopped">
              <RouteLink to="/holds" search={{ hold: id }}>
                {t(`holds.purpose.${purpose}`)}: {targetText(target)}
              </RouteLink>
            </StatusIndicator>
            <Box variant="small" display="block">
              {by}, <At at={since} />: {reason}
            </Box>
          </li>
        ))}
        {pausedTasks.map(({ workflow, task, by, since, reason }) => (
          <li key={`${workflow}/${task}`}>
            <StatusIndicator type="stopped">
              <RouteLink to="/tasks/$project/$workflow/$task" params={{ project, workflow, task }}>
                {t('handover.paused-task', { task: `${workflow}/${task}`, by })}
              </RouteLink>
            </StatusIndicator>
            <Box variant="small" display="block">
              <At at={since} />
              {reason && `: ${reason}`}
            </Box>
          </li>
        ))}
        {kept.map(({ id, workflow, task, by, at, reason }) => (
          <li key={id}>
            <StatusIndicator type="stopped">
              <RouteLink to="/instances/$instance" params={{ instance: id }}>
                {workflow}/{task}
              </RouteLink>
            </StatusIndicator>
            <Box variant="small" display="block">
              {by}, <At at={at} />
              {reason && `: ${reason}`}
            </Box>
          </li>
        ))}
      </ul>
    </Container>
  );
};
