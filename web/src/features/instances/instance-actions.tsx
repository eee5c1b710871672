import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { batchLimit } from '../../../../shared/contracts/api/common.ts';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Operation } from './instances.queries.ts';
import { useRefusalText } from './use-refusal-text.ts';

const main: readonly Operation[] = ['rerun', 'pause', 'resume', 'terminate'];
const more: readonly Operation[] = ['set-priority', 'set-resource-group'];

/** The operations for the selected instances; each disabled with its reason when none of them allows it. */
export const InstanceActions = ({
  rows,
  mayOperate,
  onOperation,
}: {
  rows: readonly InstanceRow[];
  mayOperate: (project: string) => boolean;
  onOperation: (operation: Operation) => void;
}) => {
  const t = useT();
  const refusalText = useRefusalText(mayOperate);

  const reasonOf = (operation: Operation): string | undefined => {
    if (rows.length === 0) return t('batch.select-first');
    if (rows.length > batchLimit) return t('batch.too-many', { limit: batchLimit });
    const refusals = rows.map((row) => refusalText(row, operation));
    return refusals.includes(undefined) ? undefined : refusals[0];
  };

  return (
    <SpaceBetween direction="horizontal" size="xs">
      {main.map((operation) => {
        const reason = reasonOf(operation);
        return (
          <Button
            key={operation}
            disabled={reason !== undefined}
            disabledReason={reason}
            onClick={() => onOperation(operation)}
          >
            {t(`move.${operation}`)}
          </Button>
        );
      })}
      <ButtonDropdown
        items={more.map((operation) => {
          const reason = reasonOf(operation);
          return {
            id: operation,
            text: t(`move.${operation}`),
            disabled: reason !== undefined,
            disabledReason: reason,
          };
        })}
        onItemClick={({ detail }) => onOperation(detail.id as Operation)}
      >
        {t('common.actions')}
      </ButtonDropdown>
    </SpaceBetween>
  );
};
