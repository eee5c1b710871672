import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { ItemState } from '../../../../shared/contracts/api/operation-routes.ts';
import type { OperationStatus } from '../../../../shared/domain/bulk/operation.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

const ofStatus: Readonly<Record<OperationStatus, StatusIndicatorProps.Type>> = {
  PLANNING: 'loading',
  PLANNED: 'pending',
  RUNNING: 'in-progress',
  DONE: 'success',
  ABORTED: 'stopped',
  REFUSED: 'error',
};

/** The state of an operation; one that is done with failures says so by its sign. */
export const OperationState = ({ status, failed }: { status: OperationStatus; failed: number }) => {
  const t = useT();
  const type = status === 'DONE' && failed > 0 ? 'warning' : ofStatus[status];
  return <StatusIndicator type={type}>{t(`operations.state.${status}`)}</StatusIndicator>;
};

const ofResult: Readonly<Record<ItemState, StatusIndicatorProps.Type>> = {
  succeeded: 'success',
  skipped: 'warning',
  failed: 'error',
  pending: 'pending',
  ineligible: 'stopped',
};

export const ItemResultText = ({ result }: { result: ItemState }) => {
  const t = useT();
  return (
    <StatusIndicator type={ofResult[result]}>{t(`operations.result.${result}`)}</StatusIndicator>
  );
};
