import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';
import type { Monitoring } from '../../../../shared/contracts/api/monitoring-routes.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import type { RunsLink } from './runs-link.ts';

/** The figures of the window; each count opens the runs behind it. */
export const RunFigures = ({
  data: { totals },
  linkTo,
}: {
  data: Monitoring;
  linkTo: (more?: Readonly<Record<string, string>>) => RunsLink;
}) => {
  const t = useT();
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const count = (value: number, more?: Readonly<Record<string, string>>): ReactNode =>
    more ? (
      <RouteLink variant="awsui-value-large" {...linkTo(more)}>
        {numbers.format(value)}
      </RouteLink>
    ) : (
      <Figure>{numbers.format(value)}</Figure>
    );
  const duration = (ms: number | null): ReactNode => (
    <Figure>{ms === null ? t('common.none') : formatDuration(ms, language)}</Figure>
  );
  const rate = totals.successRate;

  return (
    <Container header={<Header variant="h2">{t('monitoring.figures')}</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={150}
        items={[
          { label: t('monitoring.runs'), value: count(totals.runs, {}) },
          {
            label: t('monitoring.succeeded'),
            value: count(totals.succeeded, { status: 'SUCCESS' }),
          },
          { label: t('monitoring.mean'), value: duration(totals.meanMs) },
          { label: t('monitoring.failed'), value: count(totals.failed, { status: 'FAILED' }) },
          { label: t('monitoring.running'), value: count(totals.running, { status: 'RUNNING' }) },
          {
            label: t('monitoring.rate'),
            value: (
              <Figure>
                {rate === null
                  ? t('common.none')
                  : new Intl.NumberFormat(language, {
                      style: 'percent',
                      maximumFractionDigits: 1,
                    }).format(rate)}
              </Figure>
            ),
          },
          { label: t('monitoring.p95'), value: duration(totals.p95Ms) },
          {
            label: t('monitoring.cancelled'),
            value: count(totals.cancelled, { status: 'CANCELLED' }),
          },
          { label: t('monitoring.auto-retried'), value: count(totals.autoRetried) },
          { label: t('monitoring.manual-retries'), value: count(totals.manualRetries) },
        ]}
      />
    </Container>
  );
};

const Figure = ({ children }: { children: ReactNode }) => (
  <Box variant="awsui-value-large">{children}</Box>
);
