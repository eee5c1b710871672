import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { BackfillRow } from '../../../../shared/contracts/api/backfill-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

const types = {
  NOT_RUN: 'pending',
  RUNNING: 'in-progress',
  FAILED: 'error',
  SUCCESS: 'success',
} as const;

/** Where a backfill stands, in a word and a sign. */
export const FlowStatusText = ({
  row: { state, status, paused, creation },
}: {
  row: Pick<BackfillRow, 'state' | 'status' | 'paused' | 'creation'>;
}) => {
  const t = useT();
  if (creation?.status === 'REFUSED')
    return <StatusIndicator type="error">{t('backfills.refused')}</StatusIndicator>;
  if (state === 'pending')
    return (
      <StatusIndicator type={paused ? 'stopped' : 'pending'}>
        {t(paused ? 'backfills.pending-paused' : 'backfills.pending')}
      </StatusIndicator>
    );
  if (creation?.status === 'REQUESTED')
    return (
      <StatusIndicator type="loading">
        {t('backfills.creating', { percent: creation.percent ?? 0 })}
      </StatusIndicator>
    );
  if (!status) return <>{t('common.none')}</>;
  return <StatusIndicator type={types[status]}>{t(`backfills.flow.${status}`)}</StatusIndicator>;
};
