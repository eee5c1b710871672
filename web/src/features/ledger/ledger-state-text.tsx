import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { LedgerState } from '../../../../shared/domain/schedule/ledger-state.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

const indicatorOf: Readonly<Record<LedgerState, StatusIndicatorProps.Type>> = {
  PLANNED: 'not-started',
  GENERATING: 'in-progress',
  MISSING: 'error',
  INCOMPLETE: 'error',
  OPEN: 'in-progress',
  DONE: 'success',
};

export const LedgerStateText = ({ state }: { state: LedgerState }) => {
  const t = useT();
  return <StatusIndicator type={indicatorOf[state]}>{t(`ledger.state.${state}`)}</StatusIndicator>;
};
