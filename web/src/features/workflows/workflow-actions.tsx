import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { batchLimit } from '../../../../shared/contracts/api/common.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { WorkflowAction } from './batch-refusal.ts';

/** Start, stop and the rest for `count` workflows; disabled with the reason while none is selected. */
export const WorkflowActions = ({
  count,
  onAction,
}: {
  count: number;
  onAction: (action: WorkflowAction) => void;
}) => {
  const t = useT();
  const reason =
    count === 0
      ? t('batch.select-first')
      : count > batchLimit
        ? t('batch.too-many', { limit: batchLimit })
        : undefined;
  const off = { disabled: reason !== undefined, disabledReason: reason };

  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button {...off} onClick={() => onAction('start')}>
        {t('workflows.start')}
      </Button>
      <Button {...off} onClick={() => onAction('stop')}>
        {t('workflows.stop')}
      </Button>
      <ButtonDropdown
        {...off}
        items={[
          { id: 'timing-on', text: t('workflows.timing-on') },
          { id: 'timing-off', text: t('workflows.timing-off') },
          { id: 'online', text: t('workflows.online') },
          { id: 'offline', text: t('workflows.offline') },
        ]}
        onItemClick={({ detail }) => onAction(detail.id as WorkflowAction)}
      >
        {t('workflows.timing')}
      </ButtonDropdown>
    </SpaceBetween>
  );
};
