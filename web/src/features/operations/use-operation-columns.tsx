import type { TableProps } from '@cloudscape-design/components/table';
import type { OperationRow } from '../../../../shared/contracts/api/operation-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { OperationState } from './operation-status.tsx';

/** Columns of the list of operations. */
export const useOperationColumns = (): TableProps.ColumnDefinition<OperationRow>[] => {
  const t = useT();
  return [
    {
      id: 'operation',
      header: t('operations.operation'),
      isRowHeader: true,
      cell: ({ id, op }) => (
        <RouteLink to="/operations/$operation" params={{ operation: id }}>
          {t(`operations.op.${op}`)} · {id}
        </RouteLink>
      ),
    },
    {
      id: 'state',
      header: t('operations.state'),
      cell: ({ status, failed }) => <OperationState status={status} failed={failed} />,
    },
    {
      id: 'actor',
      header: t('operations.actor'),
      cell: ({ actor }) => (
        <span className="clip" title={actor}>
          {actor}
        </span>
      ),
    },
    { id: 'targets', header: t('operations.targets'), cell: ({ total }) => total },
    {
      id: 'progress',
      header: t('operations.progress'),
      cell: ({ done, total }) => t('operations.progress-text', { done, total }),
    },
    { id: 'failed', header: t('operations.failed'), cell: ({ failed }) => failed },
    { id: 'at', header: t('operations.at'), cell: ({ at }) => <At at={at} /> },
    {
      id: 'comment',
      header: t('common.comment'),
      cell: ({ comment }) => comment ?? t('common.none'),
    },
  ];
};
