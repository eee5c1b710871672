import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { RunStatus } from '../../../../shared/domain/run/run.schema.ts';
import { useT } from '../i18n/language-provider.tsx';

const indicatorOf: Readonly<Record<RunStatus, StatusIndicatorProps.Type>> = {
  WAITING: 'pending',
  RUNNING: 'in-progress',
  SUCCESS: 'success',
  FAILED: 'error',
  CANCELLED: 'stopped',
};

export const RunStatusText = ({ status }: { status: RunStatus }) => {
  const t = useT();
  return <StatusIndicator type={indicatorOf[status]}>{t(`run-status.${status}`)}</StatusIndicator>;
};
