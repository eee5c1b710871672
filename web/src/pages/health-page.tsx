import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { useMay } from '../features/access/access.queries.ts';
import { GenerationsTable } from '../features/health/generations-table.tsx';
import { healthQuery } from '../features/health/health.queries.ts';
import { MailPanel } from '../features/health/mail-panel.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { At } from '../ui/time/at.tsx';

const indicator = {
  ok: 'success',
  warning: 'warning',
  error: 'error',
  unknown: 'pending',
} as const;

export const HealthPage = () => {
  const t = useT();
  const { config } = useRouteContext({ from: '__root__' });
  const may = useMay();
  const health = useQuery(healthQuery());

  return (
    <SpaceBetween size="l">
      <Header variant="h1">{t('health.title')}</Header>
      <Loaded query={health}>
        {({ status, checks, generations }) => (
          <SpaceBetween size="l">
            <Alert type={status === 'ok' ? 'success' : 'warning'}>
              {t(status === 'ok' ? 'health.all-ok' : 'health.degraded')}
            </Alert>
            <Table
              variant="container"
              wrapLines
              header={<Header variant="h2">{t('health.checks')}</Header>}
              ariaLabels={{ tableLabel: t('health.checks') }}
              items={checks}
              trackBy="name"
              columnDefinitions={[
                {
                  id: 'name',
                  header: t('health.check'),
                  isRowHeader: true,
                  cell: ({ name }) => name,
                },
                {
                  id: 'status',
                  header: t('health.state'),
                  cell: (check) => (
                    <StatusIndicator type={indicator[check.status]}>
                      {t(`health.${check.status}`)}
                    </StatusIndicator>
                  ),
                },
                { id: 'detail', header: t('health.detail'), cell: ({ detail }) => detail },
                { id: 'fix', header: t('health.fix'), cell: ({ fix }) => fix ?? t('common.none') },
                { id: 'at', header: t('health.at'), cell: ({ at }) => <At at={at} /> },
              ]}
            />
            <GenerationsTable lines={generations} />
            <MailPanel mayLift={may('admin')} />
            <Container header={<Header variant="h2">{t('health.about')}</Header>}>
              <SpaceBetween size="m">
                <KeyValuePairs
                  columns={4}
                  items={[
                    { label: t('health.version'), value: config.version ?? t('common.none') },
                    { label: t('health.region'), value: config.region || t('common.none') },
                    { label: t('health.issuer'), value: config.issuer },
                    {
                      label: t('health.api'),
                      value: (
                        <Link href="/openapi.json" external>
                          OpenAPI 3.1
                        </Link>
                      ),
                    },
                  ]}
                />
                <Box variant="small">{t('health.not-affiliated')}</Box>
              </SpaceBetween>
            </Container>
          </SpaceBetween>
        )}
      </Loaded>
    </SpaceBetween>
  );
};
