import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useHoldText } from './use-hold-text.ts';

/** How far a drain is: since when nothing runs, or how many still do. */
export const DrainProgress = ({ hold }: { hold: HoldView }) => {
  const t = useT();
  const words = useHoldText();
  if (hold.drainedAt !== undefined)
    return (
      <StatusIndicator type="success">
        {t('holds.drained', { time: words.timeOf(hold.drainedAt) })}
      </StatusIndicator>
    );
  return (
    <StatusIndicator type={hold.running?.count === 0 ? 'success' : 'in-progress'}>
      {t('holds.drains', { count: hold.running?.count ?? 0 })}
    </StatusIndicator>
  );
};
