import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useT } from '../../ui/i18n/language-provider.tsx';

export type PoolRow = {
  readonly name: string;
  readonly description?: string | undefined;
  readonly enabled: boolean;
  readonly limit: number | undefined;
  readonly used: number | undefined;
};

/** Rules or groups with their use; name opens holders and queue. `more` columns stand before the buttons. */
export const PoolTable = <T extends PoolRow>({
  title,
  create,
  empty,
  rows,
  more = [],
  mayEdit,
  onCreate,
  onOpen,
  onEdit,
  onDelete,
}: {
  title: string;
  create: string;
  empty: string;
  rows: readonly T[];
  more?: readonly TableProps.ColumnDefinition<T>[];
  mayEdit: boolean;
  onCreate: () => void;
  onOpen: (row: T) => void;
  onEdit: (row: T) => void;
  onDelete: (row: T) => void;
}) => {
  const t = useT();
  const guarded = { disabled: !mayEdit, disabledReason: t('pools.admin-only') };

  return (
    <Table<T>
      variant="container"
      header={
        <Header
          variant="h2"
          counter={`(${rows.length})`}
          actions={
            <Button {...guarded} onClick={onCreate}>
              {create}
            </Button>
          }
        >
          {title}
        </Header>
      }
      ariaLabels={{ tableLabel: title }}
      items={rows}
      trackBy="name"
      empty={
        <SpaceBetween size="xs">
          <Box>{empty}</Box>
          <Button {...guarded} onClick={onCreate}>
            {create}
          </Button>
        </SpaceBetween>
      }
      columnDefinitions={[
        {
          id: 'name',
          header: t('common.name'),
          isRowHeader: true,
          cell: (row) => (
            <>
              <Link onFollow={() => onOpen(row)}>{row.name}</Link>
              {row.description && (
                <Box variant="small" display="block">
                  {row.description}
                </Box>
              )}
            </>
          ),
        },
        {
          id: 'use',
          header: t('pools.in-use'),
          cell: ({ used, limit, enabled }) =>
            !enabled ? (
              t('common.none')
            ) : limit === undefined ? (
              t('pools.no-limit')
            ) : (
              <StatusIndicator type={(used ?? 0) >= limit ? 'warning' : 'success'}>
                {t('pools.in-use-text', { used: used ?? 0, limit })}
              </StatusIndicator>
            ),
        },
        {
          id: 'enabled',
          header: t('health.state'),
          cell: ({ enabled }) => (
            <StatusIndicator type={enabled ? 'success' : 'stopped'}>
              {t(enabled ? 'pools.enabled' : 'pools.disabled')}
            </StatusIndicator>
          ),
        },
        ...more,
        {
          id: 'actions',
          header: t('common.actions'),
          cell: (row) => (
            <SpaceBetween direction="horizontal" size="xxs">
              <Button
                {...guarded}
                variant="inline-link"
                ariaLabel={`${t('common.edit')}: ${row.name}`}
                onClick={() => onEdit(row)}
              >
                {t('common.edit')}
              </Button>
              <Button
                {...guarded}
                variant="inline-link"
                ariaLabel={`${t('common.delete')}: ${row.name}`}
                onClick={() => onDelete(row)}
              >
                {t('common.delete')}
              </Button>
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
};
