import Box from '@cloudscape-design/components/box';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { BackfillRow } from '../../../../shared/contracts/api/backfill-view.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { backfillRefusal } from './backfill-refusal.ts';
import { type BackfillAction, useBackfillAction } from './backfills.queries.ts';

const actions = ['rerun-failed', 'terminate', 'run', 'pause', 'resume', 'delete'] as const;

/** What can be done to a backfill; what cannot says why. */
export const BackfillActions = ({
  row,
  mayOperate,
  compact = false,
  onDeleted,
}: {
  row: BackfillRow;
  mayOperate: boolean;
  /** In a row of a list. */
  compact?: boolean;
  onDeleted?: () => void;
}) => {
  const t = useT();
  const [asked, setAsked] = useState<BackfillAction>();

  return (
    <>
      <ButtonDropdown
        variant={compact ? 'inline-icon' : 'normal'}
        expandToViewport
        ariaLabel={t('backfills.actions', { name: row.name })}
        items={actions.map((id) => {
          const refusal = mayOperate ? backfillRefusal(row, id) : undefined;
          const reason = !mayOperate
            ? t('workflows.refusal.role', { role: t('role.operator') })
            : refusal && t(`backfills.refusal.${refusal}`);
          return {
            id,
            text: t(`backfills.action.${id}`),
            ...(reason ? { disabled: true, disabledReason: reason } : {}),
          };
        })}
        onItemClick={({ detail }) => setAsked(detail.id as BackfillAction)}
      >
        {compact ? undefined : t('common.actions')}
      </ButtonDropdown>
      {asked && (
        <ActionConfirm
          row={row}
          action={asked}
          onClose={(done) => {
            setAsked(undefined);
            if (done && asked === 'delete') onDeleted?.();
          }}
        />
      )}
    </>
  );
};

const ActionConfirm = ({
  row,
  action,
  onClose,
}: {
  row: BackfillRow;
  action: BackfillAction;
  onClose: (done: boolean) => void;
}) => {
  const t = useT();
  const say = useSay();
  const act = useBackfillAction();
  const [comment, setComment] = useState('');
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const text = t(`backfills.action.${action}`);

  return (
    <ActionDialog
      title={t('backfills.confirm', { action: text, name: row.name })}
      action={text}
      error={act.error}
      working={act.isPending}
      onClose={() => onClose(false)}
      onAct={() =>
        act.mutate(
          {
            place: { project: row.project, backfill: row.id },
            ...{ action, idempotencyKey, rev: row.rev },
            comment: comment || undefined,
          },
          {
            onSuccess: (moved) => {
              say({
                type: 'success',
                content:
                  moved === undefined
                    ? t('backfills.done', { action: text, name: row.name })
                    : t('backfills.moved', { action: text, name: row.name, count: moved }),
              });
              onClose(true);
            },
          },
        )
      }
    >
      <Box>{t(`backfills.what.${action}`)}</Box>
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </ActionDialog>
  );
};
