import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { DeliveryView } from '../../../../shared/contracts/api/notice-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { DeliveryStatusText } from './notice-status.tsx';

/** Columns of push records: to whom, by what, what became of it and why (N80). */
export const useDeliveryColumns = (): readonly TableProps.ColumnDefinition<DeliveryView>[] => {
  const t = useT();
  return [
    { id: 'at', header: t('notices.at'), isRowHeader: true, cell: ({ at }) => <At at={at} /> },
    { id: 'rule', header: t('notices.rule'), cell: ({ rule }) => rule.title ?? rule.name },
    { id: 'kind', header: t('notices.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
    {
      id: 'channel',
      header: t('pushes.channel'),
      cell: ({ channel }) => t(`channel.${channel}`),
    },
    {
      id: 'receiver',
      header: t('pushes.receiver'),
      cell: ({ receiver }) => (
        <span className="cell-text">
          {receiver.name}
          {receiver.type !== 'contact' && (
            <Box fontSize="body-s" color="text-body-secondary">
              {t(`receiver.${receiver.type}`)} {receiver.schedule}
            </Box>
          )}
        </span>
      ),
    },
    { id: 'to', header: t('pushes.to'), cell: ({ to }) => <span className="cell-text">{to}</span> },
    {
      id: 'status',
      header: t('pushes.status'),
      cell: ({ status }) => <DeliveryStatusText status={status} />,
    },
    { id: 'attempts', header: t('pushes.attempts'), cell: ({ attempts }) => attempts },
    {
      id: 'reason',
      header: t('pushes.reason'),
      cell: ({ reason, error, nextAt, status }) => (
        <span className="cell-text">
          {reason && t(`pushes.reason.${reason}`)}
          {error && <Box fontSize="body-s">{error}</Box>}
          {status === 'QUEUED' && nextAt && (
            <Box fontSize="body-s">
              {t('pushes.next')}: <At at={nextAt} />
            </Box>
          )}
          {status === 'UNCONFIRMED' && <Box fontSize="body-s">{t('notices.unconfirmed-hint')}</Box>}
        </span>
      ),
    },
  ];
};
