import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useLiftHold } from './holds.queries.ts';
import { useHoldText } from './use-hold-text.ts';

/** Lifts a hold, with a word why. */
export const LiftDialog = ({ hold, onClose }: { hold: HoldView; onClose: () => void }) => {
  const t = useT();
  const say = useSay();
  const words = useHoldText();
  const lift = useLiftHold();
  const [comment, setComment] = useState('');
  const target = words.target(hold.target);

  return (
    <ActionDialog
      title={t('holds.lift-title', { target })}
      action={t('holds.lift')}
      error={lift.error}
      working={lift.isPending}
      onAct={() =>
        lift.mutate(
          { hold: hold.id, rev: hold.rev, comment: comment || undefined },
          {
            onSuccess: () => {
              say({ type: 'success', content: t('holds.lifted', { target }) });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Box>{t('holds.lift-text')}</Box>
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </ActionDialog>
  );
};
