import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import { attemptsQuery } from './instances.queries.ts';

/** Every try of an instance; each opens its own log. */
export const AttemptsList = ({
  row,
  onLog,
}: {
  row: InstanceRow;
  onLog: (attempt: number) => void;
}) => {
  const t = useT();
  const attempts = useQuery(attemptsQuery(row.id));

  return (
    <Loaded query={attempts}>
      {({ items }) => (
        <Table
          variant="container"
          wrapLines
          header={<Header variant="h2">{t('instance.tab.attempts')}</Header>}
          ariaLabels={{ tableLabel: t('instance.tab.attempts') }}
          items={items}
          trackBy={({ attempt }) => String(attempt)}
          empty={t('attempts.empty')}
          columnDefinitions={[
            {
              id: 'attempt',
              header: t('attempts.attempt'),
              isRowHeader: true,
              cell: ({ attempt }) => (
                <Link onFollow={() => onLog(attempt)} ariaLabel={t('attempts.log', { attempt })}>
                  {attempt}
                </Link>
              ),
            },
            {
              id: 'status',
              header: t('instances.status'),
              cell: ({ status, outcome }) => <InstanceStatus status={status} outcome={outcome} />,
            },
            {
              id: 'submitted',
              header: t('attempts.submitted'),
              cell: ({ submittedAt }) => <At at={submittedAt} project={row.project} />,
            },
            {
              id: 'started',
              header: t('instances.started'),
              cell: ({ startedAt }) => <At at={startedAt} project={row.project} />,
            },
            {
              id: 'ended',
              header: t('instances.ended'),
              cell: ({ endedAt }) => <At at={endedAt} project={row.project} />,
            },
            {
              id: 'duration',
              header: t('instances.duration'),
              cell: ({ startedAt, endedAt }) => <Duration from={startedAt} to={endedAt} />,
            },
            {
              id: 'version',
              header: t('common.version'),
              cell: ({ codeVersion }) => codeVersion ?? t('common.none'),
            },
            {
              id: 'memory',
              header: t('attempts.memory'),
              cell: ({ usedMb, allocatedMb }) =>
                usedMb !== undefined && allocatedMb !== undefined
                  ? t('attempts.memory-text', {
                      used: Math.round(usedMb),
                      allocated: Math.round(allocatedMb),
                    })
                  : t('common.none'),
            },
            {
              id: 'cpu',
              header: t('attempts.cpu'),
              cell: ({ cpuSeconds }) =>
                cpuSeconds === undefined ? t('common.none') : `${cpuSeconds.toFixed(2)} s`,
            },
            {
              id: 'error',
              header: t('attempts.error'),
              cell: ({ error }) => error ?? t('common.none'),
            },
          ]}
        />
      )}
    </Loaded>
  );
};
