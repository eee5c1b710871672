import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { mailStatusQuery } from './health.queries.ts';
import { SuppressionsTable } from './suppressions-table.tsx';

/** Whether mails go out: sender, sandbox, quota, what waits, and addresses that are not written to. */
export const MailPanel = ({ mayLift }: { mayLift: boolean }) => {
  const t = useT();
  const mail = useQuery(mailStatusQuery());
  if (mail.isError) return <ProblemAlert error={mail.error} />;
  if (!mail.data) return null;
  const { from, sandbox, perSecond, perDay, sentToday, readAt, waiting, problem, suppressed } =
    mail.data;

  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('health.mail')}</Header>}>
        <SpaceBetween size="m">
          {from === undefined && <Alert type="info">{t('health.mail-off')}</Alert>}
          {sandbox && <Alert type="warning">{t('health.mail-sandbox')}</Alert>}
          {problem && <Alert type="error">{problem}</Alert>}
          <KeyValuePairs
            columns={4}
            items={[
              { label: t('health.mail-from'), value: from ?? t('common.none') },
              {
                label: t('health.mail-state'),
                value: (
                  <StatusIndicator type={problem ? 'error' : from ? 'success' : 'stopped'}>
                    {t(problem ? 'health.error' : from ? 'health.ok' : 'notify.off')}
                  </StatusIndicator>
                ),
              },
              { label: t('health.mail-waiting'), value: String(waiting) },
              {
                label: t('health.mail-today'),
                value:
                  sentToday === undefined
                    ? t('common.none')
                    : `${sentToday} / ${perDay === undefined || perDay < 0 ? '∞' : perDay}`,
              },
              {
                label: t('health.mail-rate'),
                value: perSecond === undefined ? t('common.none') : String(perSecond),
              },
              { label: t('health.at'), value: <At at={readAt} /> },
            ]}
          />
        </SpaceBetween>
      </Container>
      {mayLift ? (
        <SuppressionsTable />
      ) : (
        suppressed > 0 && <Box>{t('health.suppressed', { count: suppressed })}</Box>
      )}
    </SpaceBetween>
  );
};
