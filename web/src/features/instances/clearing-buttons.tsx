import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ClearingAction } from '../../../../shared/domain/diagnosis/clearing-action.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Translate } from '../../ui/i18n/translate.ts';

/** What would clear a blocker, each a button; off with the reason where the person may not do it. */
export const ClearingButtons = ({
  actions,
  about,
  onAction,
}: {
  actions: readonly ClearingAction[];
  /** The instance that is diagnosed: an action on another one is named after it. */
  about: string;
  onAction: (action: ClearingAction) => void;
}) => {
  const t = useT();
  if (actions.length === 0) return null;

  return (
    <SpaceBetween direction="horizontal" size="xs">
      {actions.map((action) => (
        <Button
          key={`${action.operation} ${JSON.stringify(action.target)}`}
          disabled={!action.allowed}
          disabledReason={
            action.allowed
              ? undefined
              : t('diagnosis.no-permission', { role: t(`role.${action.role}`) })
          }
          onClick={() => onAction(action)}
        >
          {clearingText(t, action, about)}
        </Button>
      ))}
    </SpaceBetween>
  );
};

/** What an action is called: operations on another instance say which. */
export const clearingText = (
  t: Translate,
  { operation, target }: ClearingAction,
  about: string,
): string => {
  switch (operation) {
    case 'resume-task':
    case 'lift-hold':
    case 'thaw':
    case 'generate':
    case 'raise-limit':
      return t(`clear.${operation}`);
    default: {
      const other = target.kind === 'instance' && target.instance !== about;
      const action = t(`move.${operation}`);
      return other ? t('clear.of-upstream', { action, name: taskIn(target.instance) }) : action;
    }
  }
};

const taskIn = (id: string): string => id.split('~').at(-2) ?? id;
