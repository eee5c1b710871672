import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { InstanceDetail } from '../../../../shared/contracts/api/instance-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import type { Operation } from './instances.queries.ts';
import { useRefusalText } from './use-refusal-text.ts';

/** What a person can decide or take back right now: an approval that waits, a hold, the last operation. */
export const InstanceBars = ({
  row,
  mayOperate,
  onOperation,
}: {
  row: InstanceDetail;
  mayOperate: (project: string) => boolean;
  onOperation: (operation: Operation) => void;
}) => {
  const t = useT();
  const refusalText = useRefusalText(mayOperate);
  const may = mayOperate(row.project);
  const isAsked = row.askedAt !== undefined && row.status === 'WAIT_TIME';
  const canUndo = row.undo && (!may || refusalText(row, 'undo') === undefined);
  const button = (operation: Operation, primary = false) => {
    const reason = refusalText(row, operation);
    return (
      <Button
        variant={primary ? 'primary' : 'normal'}
        disabled={reason !== undefined}
        disabledReason={reason}
        onClick={() => onOperation(operation)}
      >
        {t(`move.${operation}`)}
      </Button>
    );
  };

  if (!isAsked && !row.held && !canUndo) return null;
  return (
    <SpaceBetween size="s">
      {isAsked && (
        <Alert
          type="warning"
          header={t('instance.asked-title')}
          action={
            <SpaceBetween direction="horizontal" size="xs">
              {button('approve', true)}
              {button('reject')}
            </SpaceBetween>
          }
        >
          {row.question && <Box>{row.question}</Box>}
          {t('instance.asked-since')} <At at={row.askedAt} project={row.project} form="full" />
        </Alert>
      )}
      {row.held && (
        <Alert
          type="warning"
          header={t('instance.held-title', {
            by: row.held.by,
            reason: row.held.reason ?? t('common.none'),
          })}
          action={button('unhold')}
        >
          {row.held.until ? (
            <>
              {t('instance.held-until')}{' '}
              <At at={row.held.until} project={row.project} form="full" /> (
              <At at={row.held.until} project={row.project} form="relative" />)
            </>
          ) : (
            t('instance.held-open')
          )}
        </Alert>
      )}
      {row.undo && canUndo && (
        <Alert type="info" action={button('undo')}>
          {t('instance.undo-title', { action: t(`move.${row.undo.move}`) })}
        </Alert>
      )}
    </SpaceBetween>
  );
};
