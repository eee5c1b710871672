import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { WorkflowState } from '../../../../shared/domain/workflow/definition.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** The three axes of a workflow; the publish state only where it says more than "published". */
export const WorkflowStateText = ({ state }: { state: WorkflowState }) => {
  const t = useT();

  return (
    <SpaceBetween direction="horizontal" size="xs">
      <StatusIndicator type={state.online === 'ONLINE' ? 'success' : 'stopped'}>
        {t(`online.${state.online}`)}
      </StatusIndicator>
      <StatusIndicator type={state.timing === 'ON' ? 'pending' : 'stopped'}>
        {t(`timing.${state.timing}`)}
      </StatusIndicator>
      {state.publish !== 'PUBLISHED' && <Badge>{t(`publish.${state.publish}`)}</Badge>}
    </SpaceBetween>
  );
};
