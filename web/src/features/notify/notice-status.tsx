import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type {
  DeliveryStatus,
  NoticeStatus,
} from '../../../../shared/domain/notice/notice.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

const noticeLooks = {
  ...({ PENDING: 'in-progress', SENT: 'success', PARTLY: 'warning', FAILED: 'error' } as const),
  ...({ UNCONFIRMED: 'warning', SUPPRESSED: 'stopped', MERGED: 'info' } as const),
};

export const NoticeStatusText = ({ status }: { status: NoticeStatus }) => {
  const t = useT();
  return (
    <StatusIndicator type={noticeLooks[status]}>{t(`notices.status.${status}`)}</StatusIndicator>
  );
};

const deliveryLooks = {
  ...({ QUEUED: 'pending', SENDING: 'in-progress', SENT: 'success' } as const),
  ...({ DELIVERED: 'success', UNCONFIRMED: 'warning', BOUNCED: 'error' } as const),
  ...({ COMPLAINED: 'error', FAILED: 'error', SUPPRESSED: 'stopped' } as const),
};

export const DeliveryStatusText = ({ status }: { status: DeliveryStatus }) => {
  const t = useT();
  return (
    <StatusIndicator type={deliveryLooks[status]}>{t(`pushes.status.${status}`)}</StatusIndicator>
  );
};
