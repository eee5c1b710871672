import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useHoldRefresh } from '../../api/auto-refresh.ts';
import { useT } from '../i18n/language-provider.tsx';
import { ColumnChoice, useColumnDisplay } from './column-choice.tsx';
import { ExportButton, type FetchPage } from './export-button.tsx';
import { useRowKeys } from './use-row-keys.ts';

export type Selection<T> = {
  readonly ids: ReadonlySet<string>;
  readonly select: (items: readonly T[]) => void;
};

/** The order of a list as its API gives it: the column says by what, a click turns it round. */
export type Sorting = {
  readonly column: string;
  readonly descending: boolean;
  readonly onSort: (descending: boolean) => void;
};

/**
 * A list: header with actions, filter, rows with keyboard, the next action when it is empty. Cells come from `columns`;
 * the first link of a row is what Enter opens.
 */
export const ListTable = <T,>({
  name,
  title,
  count,
  columns,
  items,
  idOf,
  loading,
  selection,
  sorting,
  actions,
  filter,
  pagination,
  empty,
  variant = 'full-page',
  headingTag = 'h1',
  description,
  kept,
  fetchPage,
}: {
  /** Name for screen readers. */
  name: string;
  title: string;
  count?: string | undefined;
  columns: readonly TableProps.ColumnDefinition<T>[];
  items: readonly T[];
  idOf: (item: T) => string;
  loading?: boolean;
  selection?: Selection<T>;
  sorting?: Sorting | undefined;
  actions?: ReactNode;
  filter?: ReactNode;
  pagination?: ReactNode;
  empty: ReactNode;
  variant?: 'full-page' | 'container' | 'embedded';
  headingTag?: 'h1' | 'h2' | 'h3';
  description?: ReactNode;
  /** The name under which a person's choice of columns is kept, and of its files; without it there is no choice. */
  kept?: string | undefined;
  /** Reads a page of the list with its filter, to export all of it. */
  fetchPage?: FetchPage | undefined;
}) => {
  const t = useT();
  const display = useColumnDisplay(kept, columns);
  const selected = selection ? items.filter((item) => selection.ids.has(idOf(item))) : [];
  const listRef = useRowKeys((row) => {
    const item = items[row];
    if (!selection || item === undefined) return;
    const others = selected.filter((other) => other !== item);
    selection.select(others.length < selected.length ? others : [...selected, item]);
  });
  useHoldRefresh(selected.length > 0);

  return (
    <div ref={listRef}>
      <Table<T>
        variant={variant}
        columnDefinitions={columns}
        {...(display && { columnDisplay: display })}
        {...(kept && { preferences: <ColumnChoice list={kept} columns={columns} /> })}
        items={items}
        trackBy={idOf}
        loading={loading ?? false}
        loadingText={t('common.loading')}
        {...(selection && {
          selectionType: 'multi' as const,
          selectedItems: selected,
          onSelectionChange: ({ detail }) => selection.select(detail.selectedItems),
        })}
        {...(sorting && {
          sortingColumn: { sortingField: sorting.column },
          sortingDescending: sorting.descending,
          onSortingChange: ({ detail }) => sorting.onSort(detail.isDescending ?? false),
        })}
        ariaLabels={{
          tableLabel: name,
          selectionGroupLabel: name,
          allItemsSelectionLabel: () => t('common.select-all'),
          itemSelectionLabel: (_, item) => t('common.select-row', { name: idOf(item) }),
        }}
        header={
          <Header
            variant={headingTag === 'h1' ? 'awsui-h1-sticky' : headingTag}
            {...(count === undefined ? {} : { counter: `(${count})` })}
            description={description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {selected.length > 0 && (
                  <Box padding={{ top: 'xs' }}>
                    {t('common.selected', { count: selected.length })}
                  </Box>
                )}
                {actions}
                {fetchPage && <ExportButton file={kept ?? 'list'} fetchPage={fetchPage} />}
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        filter={filter}
        pagination={pagination}
        empty={
          <Box textAlign="center" padding={{ vertical: 'l' }}>
            {empty}
          </Box>
        }
      />
    </div>
  );
};
