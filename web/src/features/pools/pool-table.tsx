import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { guard } from '../../ui/form/guard.ts';
import { RowActions } from '../../ui/form/row-actions.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink, type Target } from '../../ui/link.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { FilterBar } from '../../ui/list/filter-bar.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';

export type PoolRow = {
  readonly name: string;
  /** `throttle:name` or `group:name`. */
  readonly pool: string;
  readonly description?: string | undefined;
  readonly enabled: boolean;
  readonly limit: number | undefined;
  readonly used: number | undefined;
  readonly waiting: { readonly count: number; readonly more: boolean } | undefined;
};

/** Rules or groups with their use; a name opens holders and queue. `more` columns stand before the buttons. */
export const PoolTable = <T extends PoolRow>({
  title,
  description,
  count,
  create,
  empty,
  rows,
  more = [],
  page,
  text,
  mayEdit,
  createRefused,
  onFilter,
  onCreate,
  onEdit,
  onDelete,
}: {
  title: string;
  description: string;
  count: string;
  create: string;
  empty: string;
  rows: readonly T[];
  more?: readonly TableProps.ColumnDefinition<T>[];
  page: Target['to'];
  /** Filter of the address. */
  text: string | undefined;
  mayEdit: boolean;
  /** Why no other can be created. */
  createRefused?: string | undefined;
  onFilter: (text: string | undefined) => void;
  onCreate: () => void;
  onEdit: (row: T) => void;
  onDelete: (row: T) => void;
}) => {
  const t = useT();
  const adminOnly = mayEdit ? undefined : t('form.admin-only');
  const createButton = (
    <Button {...guard(adminOnly ?? createRefused)} onClick={onCreate}>
      {create}
    </Button>
  );
  const wanted = text?.toLowerCase() ?? '';
  const shown = rows.filter(({ name, description: about = '' }) =>
    `${name} ${about}`.toLowerCase().includes(wanted),
  );

  return (
    <ListTable<T>
      name={title}
      title={title}
      description={description}
      count={count}
      items={shown}
      idOf={({ name }) => name}
      actions={createButton}
      filter={
        <FilterBar
          placeholder={t('form.find')}
          textKey="text"
          properties={[]}
          values={{ text }}
          onChange={({ text: next }) => onFilter(next)}
        />
      }
      empty={
        <EmptyList
          text={empty}
          filtered={wanted !== ''}
          onClear={() => onFilter(undefined)}
          action={createButton}
        />
      }
      columns={[
        {
          id: 'name',
          header: t('common.name'),
          isRowHeader: true,
          cell: (row) => (
            <>
              <RouteLink to={page} search={{ pool: row.pool, text }}>
                {row.name}
              </RouteLink>
              {row.description && (
                <div className="wrapped">
                  <Box variant="small">{row.description}</Box>
                </div>
              )}
            </>
          ),
        },
        {
          id: 'use',
          header: t('pools.in-use'),
          cell: ({ used, limit, enabled }) =>
            !enabled ? (
              <StatusIndicator type="stopped">{t('pools.disabled')}</StatusIndicator>
            ) : limit === undefined ? (
              t('pools.no-limit')
            ) : (
              <StatusIndicator type={(used ?? 0) >= limit ? 'warning' : 'success'}>
                {t('pools.in-use-text', { used: used ?? 0, limit })}
              </StatusIndicator>
            ),
        },
        {
          id: 'waiting',
          header: t('throttling.waiting'),
          cell: ({ waiting }) =>
            waiting?.more
              ? t('throttling.waiting-more', { count: waiting.count })
              : (waiting?.count ?? t('common.none')),
        },
        ...more,
        {
          id: 'actions',
          header: t('common.actions'),
          cell: (row) => (
            <RowActions
              name={row.name}
              disabledReason={adminOnly}
              onEdit={() => onEdit(row)}
              onDelete={() => onDelete(row)}
            />
          ),
        },
      ]}
    />
  );
};
