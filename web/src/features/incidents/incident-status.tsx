import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { IncidentStatus } from '../../../../shared/domain/alert/incident.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

const looks = {
  ...({ OPEN: 'error', ACKNOWLEDGED: 'in-progress', SNOOZED: 'stopped' } as const),
  ...({ RECOVERED: 'success', CLOSED: 'info' } as const),
};

export const IncidentStatusText = ({ status }: { status: IncidentStatus }) => {
  const t = useT();
  return <StatusIndicator type={looks[status]}>{t(`incidents.status.${status}`)}</StatusIndicator>;
};
