import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

type State = Pick<TaskRow, 'paused' | 'held' | 'dryRun' | 'deployed' | 'online'>;

/** Whether a task runs as usual, and if not, why; several things can hold at once. */
export const TaskStateText = ({ row }: { row: State }) => {
  const t = useT();
  const { paused, held, dryRun, deployed, online } = row;
  const normal = deployed && online && !paused && !held && !dryRun;

  return (
    <SpaceBetween direction="horizontal" size="xs">
      {normal && <StatusIndicator type="success">{t('task-state.normal')}</StatusIndicator>}
      {!deployed && <StatusIndicator type="error">{t('task-state.undeployed')}</StatusIndicator>}
      {deployed && !online && (
        <StatusIndicator type="stopped">{t('task-state.offline')}</StatusIndicator>
      )}
      {paused && (
        <span title={t('task-state.paused-by', { by: paused.by, reason: paused.reason ?? '–' })}>
          <StatusIndicator type="stopped">{t('task-state.paused')}</StatusIndicator>
        </span>
      )}
      {held && (
        <span title={t('task-state.held-by', { by: held.by, reason: held.reason })}>
          <StatusIndicator type="warning">{t('task-state.held')}</StatusIndicator>
        </span>
      )}
      {dryRun && <StatusIndicator type="info">{t('task-state.dry-run')}</StatusIndicator>}
    </SpaceBetween>
  );
};
