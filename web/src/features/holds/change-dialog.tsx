import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { errorAt, errorsOfProblem } from '../../ui/form/field-errors.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import { type EndChoice, endOf, HoldEnd } from './hold-end.tsx';
import { useUpdateHold } from './holds.queries.ts';
import { useHoldText } from './use-hold-text.ts';

/** Changes the reason of a hold and when it ends. */
export const ChangeDialog = ({ hold, onClose }: { hold: HoldView; onClose: () => void }) => {
  const t = useT();
  const say = useSay();
  const now = useNow();
  const zone = useShownZone();
  const words = useHoldText();
  const update = useUpdateHold();
  const [reason, setReason] = useState(hold.reason);
  const [end, setEnd] = useState<EndChoice>();
  const errors = errorsOfProblem(update.error);
  const until = end && endOf(end, now(), zone);

  return (
    <ActionDialog
      title={t('holds.change-title', { target: words.target(hold.target) })}
      action={t('common.save')}
      error={update.error}
      working={update.isPending}
      disabledReason={
        reason.trim() === ''
          ? t('holds.reason-missing')
          : until === 'unfinished'
            ? t('holds.end.at')
            : undefined
      }
      onAct={() =>
        update.mutate(
          {
            ...{ hold: hold.id, rev: hold.rev, reason },
            ...(end && until !== 'unfinished' ? { until: until ?? null } : {}),
          },
          {
            onSuccess: () => {
              say({ type: 'success', content: t('holds.changed') });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <FormField label={t('common.reason')} errorText={errorAt(errors, 'reason')}>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
      {!hold.weekly && (
        <HoldEnd
          value={end ?? currentEnd(hold)}
          mayNever={hold.purpose !== 'maintenance'}
          errorText={errorAt(errors, 'until')}
          onChange={setEnd}
        />
      )}
    </ActionDialog>
  );
};

/** What the form shows before anything was chosen; it is not sent. */
const currentEnd = ({ until }: HoldView): EndChoice => ({
  choice: until === undefined ? 'never' : 'at',
  at: { date: until?.slice(0, 10) ?? '', time: '' },
});
