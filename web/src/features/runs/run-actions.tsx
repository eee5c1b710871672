import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { batchLimit } from '../../../../shared/contracts/api/common.ts';
import type { RunOperation } from '../../../../shared/contracts/api/run-operation-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** The operations on `count` runs; disabled with the reason while none is selected. */
export const RunActions = ({
  count,
  withRetry = false,
  onAction,
}: {
  count: number;
  /** Some of them may be retried by hand (W62). */
  withRetry?: boolean;
  onAction: (operation: RunOperation) => void;
}) => {
  const t = useT();
  const reason =
    count === 0
      ? t('batch.select-first')
      : count > batchLimit
        ? t('batch.too-many', { limit: batchLimit })
        : undefined;
  const off = { disabled: reason !== undefined, disabledReason: reason };
  const item = (id: RunOperation) => ({ id, text: t(`run-op.${id}`) });

  return (
    <SpaceBetween direction="horizontal" size="xs">
      {withRetry && (
        <Button {...off} onClick={() => onAction('retry')}>
          {t('run-op.retry')}
        </Button>
      )}
      <Button {...off} onClick={() => onAction('rerun-failed')}>
        {t('run-op.rerun-failed')}
      </Button>
      <Button {...off} onClick={() => onAction('stop')}>
        {t('run-op.stop')}
      </Button>
      <ButtonDropdown
        {...off}
        items={[item('rerun'), item('set-success'), item('pause'), item('resume')]}
        onItemClick={({ detail }) => onAction(detail.id as RunOperation)}
      >
        {t('run-op.more')}
      </ButtonDropdown>
    </SpaceBetween>
  );
};
