import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Operation } from './instances.queries.ts';
import { type OperationTarget, useOperationMenu } from './use-operation-menu.ts';
import { useRerunKey } from './use-rerun-key.ts';

/** Those that people need most have a button of their own. */
const main: readonly Operation[] = ['rerun', 'set-success', 'pause', 'resume', 'terminate'];

/** An entry of the menu that belongs to the page. `reason`: why it is off. */
export type PageAction = {
  readonly id: string;
  readonly text: string;
  readonly reason?: string | undefined;
  readonly open: () => void;
};

/** The operations for the selected instances; each disabled with its reason when none of them allows it. */
export const InstanceActions = ({
  target,
  mayOperate,
  onOperation,
  more = [],
}: {
  target: OperationTarget;
  mayOperate: (project: string) => boolean;
  onOperation: (operation: Operation) => void;
  more?: readonly PageAction[];
}) => {
  const t = useT();
  const { reasonOf, items } = useOperationMenu(target, mayOperate);
  useRerunKey(() => {
    if (reasonOf('rerun') === undefined) onOperation('rerun');
  });

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
        items={[
          ...more.map(({ id, text, reason }) => ({
            ...{ id, text, disabled: reason !== undefined },
            ...(reason === undefined ? {} : { disabledReason: reason }),
          })),
          ...items(main),
        ]}
        onItemClick={({ detail }) => {
          const own = more.find(({ id }) => id === detail.id);
          if (own) own.open();
          else onOperation(detail.id as Operation);
        }}
      >
        {t('common.actions')}
      </ButtonDropdown>
    </SpaceBetween>
  );
};
