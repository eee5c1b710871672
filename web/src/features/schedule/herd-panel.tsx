import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { HerdPeak } from '../../../../shared/domain/schedule/herd.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';

/** As many as somebody mends in one go. */
const shown = 10;

/** Where many tasks fall due at once, and where nearby there is more room. */
export const HerdPanel = ({
  peaks,
  onShow,
}: {
  peaks: readonly HerdPeak[];
  onShow: (at: string) => void;
}) => {
  const t = useT();
  if (peaks.length === 0) return <Box color="text-body-secondary">{t('herd.none')}</Box>;

  return (
    <SpaceBetween size="s">
      <Alert type="warning" header={t('herd.title')}>
        {t('herd.text', { count: peaks.length })}
      </Alert>
      <Table
        variant="container"
        header={
          <Header variant="h2" counter={`(${peaks.length})`}>
            {t('herd.title')}
          </Header>
        }
        ariaLabels={{ tableLabel: t('herd.title') }}
        items={peaks.slice(0, shown)}
        trackBy="at"
        columnDefinitions={[
          {
            id: 'at',
            header: t('herd.at'),
            isRowHeader: true,
            cell: ({ at }) => <At at={at} form="full" />,
          },
          { id: 'tasks', header: t('herd.tasks'), cell: ({ tasks }) => tasks },
          { id: 'fires', header: t('herd.fires'), cell: ({ fires }) => fires },
          {
            id: 'quieter',
            header: t('herd.quieter'),
            minWidth: 260,
            cell: ({ quieter }) =>
              quieter ? (
                <>
                  <At at={quieter.at} form="full" /> ·{' '}
                  {t('herd.quieter-text', { tasks: quieter.tasks })}
                </>
              ) : (
                t('common.none')
              ),
          },
          {
            id: 'show',
            header: t('common.actions'),
            minWidth: 190,
            cell: ({ at }) => (
              <Button variant="inline-link" onClick={() => onShow(at)}>
                {t('herd.show')}
              </Button>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
};
