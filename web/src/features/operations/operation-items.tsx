import SegmentedControl from '@cloudscape-design/components/segmented-control';
import type { TableProps } from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import {
  ItemState,
  type OperationItemRow,
} from '../../../../shared/contracts/api/operation-routes.ts';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { ItemResultText } from './operation-status.tsx';
import { operationItemsQuery } from './operations.queries.ts';

const idOf = ({ id }: OperationItemRow) => id;

/** The instances of an operation in the order of work, each with what became of it. */
export const OperationItems = ({
  operation,
  progress,
  result,
  onResult,
}: {
  operation: string;
  progress: number;
  result: ItemState | undefined;
  onResult: (result: ItemState | undefined) => void;
}) => {
  const t = useT();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify([operation, result]));
  const place = { result, limit: pageSize, cursor: pages.cursor };
  const list = useQuery(operationItemsQuery(operation, place, progress));
  const columns = useItemColumns();

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('operations.items')}
        title={t('operations.items')}
        variant="container"
        headingTag="h2"
        columns={columns}
        items={list.data?.items ?? []}
        idOf={idOf}
        loading={list.isPending}
        filter={
          <SegmentedControl
            label={t('operations.items-filter')}
            selectedId={result ?? 'all'}
            options={(['all', ...ItemState.options] as const).map((id) => ({
              id,
              text: t(`operations.result.${id}`),
            }))}
            onChange={({ detail }) =>
              onResult(ItemState.options.find((each) => each === detail.selectedId))
            }
          />
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          !list.isError && (
            <EmptyList
              text={t('operations.items-empty')}
              filtered={result !== undefined}
              onClear={() => onResult(undefined)}
            />
          )
        }
      />
    </>
  );
};

const useItemColumns = (): TableProps.ColumnDefinition<OperationItemRow>[] => {
  const t = useT();
  return [
    {
      id: 'instance',
      header: t('instances.object'),
      isRowHeader: true,
      cell: ({ id, status }) => {
        const ref = parseInstanceId(id);
        const name = ref ? `${ref.task} · ${ref.index}` : id;
        // What is gone has no page.
        return status ? (
          <RouteLink to="/instances/$instance" params={{ instance: id }}>
            {name}
          </RouteLink>
        ) : (
          name
        );
      },
    },
    {
      id: 'workflow',
      header: t('common.workflow'),
      cell: ({ id }) => {
        const { project, workflow } = parseInstanceId(id) ?? {};
        return project ? `${project}/${workflow}` : t('common.none');
      },
    },
    {
      id: 'date',
      header: t('instances.biz-date'),
      cell: ({ id }) => parseInstanceId(id)?.bizDate ?? t('common.none'),
    },
    { id: 'step', header: t('operations.step'), cell: ({ level }) => level + 1 },
    {
      id: 'result',
      header: t('operations.result'),
      cell: ({ result }) => <ItemResultText result={result} />,
    },
    {
      id: 'status',
      header: t('operations.status-now'),
      cell: ({ status, outcome }) =>
        status ? (
          <InstanceStatus status={status} outcome={outcome ?? null} paused={false} />
        ) : (
          t('common.none')
        ),
    },
    {
      id: 'reason',
      header: t('operations.reason'),
      cell: ({ reason }) => reason ?? t('common.none'),
    },
  ];
};
