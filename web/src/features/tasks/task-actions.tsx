import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { batchLimit } from '../../../../shared/contracts/api/common.ts';
import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { batchActions, type TaskAction } from './task-refusal.ts';
import { type May, useTaskRefusal } from './use-task-refusal.ts';

const more = batchActions.filter((action) => action !== 'pause' && action !== 'resume');

/** The operations for the selected tasks; each disabled with its reason when none of them allows it. */
export const TaskActions = ({
  rows,
  start,
  may,
  onAction,
}: {
  rows: readonly TaskRow[];
  /** How one of them is started: one-time tasks run, others are tried. */
  start: 'run' | 'test-run';
  may: May;
  onAction: (action: TaskAction) => void;
}) => {
  const t = useT();
  const refusalText = useTaskRefusal(may);

  const reasonOf = (action: TaskAction): string | undefined => {
    if (rows.length === 0) return t('batch.select-first');
    if (rows.length > batchLimit) return t('batch.too-many', { limit: batchLimit });
    if ((action === 'run' || action === 'test-run') && rows.length > 1)
      return t('task-refusal.one-only');
    const refusals = rows.map((row) => refusalText(row, action));
    return refusals.includes(undefined) ? undefined : refusals[0];
  };
  const button = (action: TaskAction) => {
    const reason = reasonOf(action);
    return (
      <Button
        key={action}
        disabled={reason !== undefined}
        disabledReason={reason}
        onClick={() => onAction(action)}
      >
        {t(`task-action.${action}`)}
      </Button>
    );
  };

  return (
    <SpaceBetween direction="horizontal" size="xs">
      {button('pause')}
      {button('resume')}
      {button(start)}
      <ButtonDropdown
        items={more.map((action) => {
          const reason = reasonOf(action);
          return {
            id: action,
            text: t(`task-action.${action}`),
            disabled: reason !== undefined,
            disabledReason: reason,
          };
        })}
        onItemClick={({ detail }) => onAction(detail.id as TaskAction)}
      >
        {t('common.actions')}
      </ButtonDropdown>
    </SpaceBetween>
  );
};
