import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useT } from '../i18n/language-provider.tsx';

/** Whether a rule or a channel is switched on. */
export const EnabledText = ({ enabled }: { enabled: boolean }) => {
  const t = useT();
  return (
    <StatusIndicator type={enabled ? 'success' : 'stopped'}>
      {t(enabled ? 'notify.on' : 'notify.off')}
    </StatusIndicator>
  );
};
