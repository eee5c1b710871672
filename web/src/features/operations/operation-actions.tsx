import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { OperationDetail } from '../../../../shared/contracts/api/operation-routes.ts';
import { undoableOps } from '../../../../shared/domain/bulk/operation.schema.ts';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Abort, retry and undo; each disabled with its reason where it does not fit. */
export const OperationActions = ({
  operation,
  working,
  onAbort,
  onFollow,
}: {
  operation: OperationDetail;
  working: boolean;
  onAbort: () => void;
  onFollow: (how: 'retry' | 'undo') => void;
}) => {
  const t = useT();
  const { status, op, total, succeeded, skipped } = operation;
  const isOver = status === 'DONE' || status === 'ABORTED';
  const left = total - succeeded - skipped;

  const retryReason = isOver
    ? left > 0
      ? undefined
      : t('operations.nothing-left')
    : t('operations.not-over');
  const undoReason = !undoableOps.includes(op)
    ? t('operations.not-undoable')
    : !isOver
      ? t('operations.not-over')
      : succeeded > 0
        ? undefined
        : t('operations.nothing-done');

  return (
    <SpaceBetween direction="horizontal" size="xs">
      {!isOver && status !== 'REFUSED' && (
        <Button onClick={onAbort}>{t('operations.abort')}</Button>
      )}
      <Button {...guard(retryReason)} loading={working} onClick={() => onFollow('retry')}>
        {t('operations.retry')}
      </Button>
      <Button {...guard(undoReason)} loading={working} onClick={() => onFollow('undo')}>
        {t('operations.undo')}
      </Button>
    </SpaceBetween>
  );
};
