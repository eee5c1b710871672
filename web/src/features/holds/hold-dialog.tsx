import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import Tiles from '@cloudscape-design/components/tiles';
import { useState } from 'react';
import type { HoldTarget } from '../../../../shared/domain/hold/hold.schema.ts';
import { readTarget } from '../../../../shared/domain/hold/read-target.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { errorAt, errorsOfProblem } from '../../ui/form/field-errors.ts';
import { InstantInput } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useNow, useProjectZone, useShownZone } from '../../ui/time/time-provider.tsx';
import { type DraftField, newDraft, wishOf } from './hold-draft.ts';
import { HoldEnd } from './hold-end.tsx';
import { useCreateHold } from './holds.queries.ts';
import { useHoldText } from './use-hold-text.ts';
import { WeeklyFields } from './weekly-fields.tsx';

/** Sets a hold: of `target`, or of what is typed. For any page that shows something that can be held. */
export const HoldDialog = ({
  target,
  onClose,
}: {
  target?: HoldTarget | undefined;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const now = useNow();
  const zone = useShownZone();
  const words = useHoldText();
  const create = useCreateHold();
  const projectZone = useProjectZone();
  const [draft, setDraft] = useState(() => newDraft(target, projectZone));
  const [missing, setMissing] = useState<readonly DraftField[]>([]);
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));

  const refused = errorsOfProblem(create.error);
  const errorOf = (field: DraftField): string | undefined => {
    if (!missing.includes(field)) return errorAt(refused, field);
    if (field === 'target') return t('holds.target-hint');
    return t(field === 'reason' ? 'holds.reason-missing' : 'holds.end.at');
  };
  const planned = draft.purpose === 'maintenance';
  const weekly = planned && draft.repeat === 'weekly';
  const typed = readTarget(draft.target);

  const onAct = () => {
    const made = wishOf(draft, now(), zone);
    setMissing('missing' in made ? made.missing : []);
    if ('missing' in made) return;
    create.mutate(made.wish, {
      onSuccess: (hold) => {
        say({ type: 'success', content: t('holds.set', { target: words.target(hold.target) }) });
        onClose();
      },
    });
  };

  return (
    <ActionDialog
      title={t('holds.new')}
      action={t('holds.save')}
      error={create.error}
      working={create.isPending}
      size="large"
      onAct={onAct}
      onClose={onClose}
    >
      <FormField
        label={t('holds.target')}
        constraintText={typed.ok ? words.target(typed.value) : t('holds.target-hint')}
        errorText={errorOf('target')}
      >
        <Input
          value={draft.target}
          disabled={target !== undefined}
          placeholder="shop/daily_sales"
          onChange={({ detail }) => set({ target: detail.value })}
        />
      </FormField>
      <FormField label={t('holds.purpose')} stretch>
        <Tiles
          value={draft.purpose}
          columns={3}
          items={(['hold', 'drain', 'maintenance'] as const).map((value) => ({
            value,
            label: t(`holds.purpose.${value}`),
            description: t(`holds.purpose-hint.${value}`),
          }))}
          onChange={({ detail }) => {
            const purpose = detail.value as typeof draft.purpose;
            const ends = purpose === 'maintenance' && draft.end.choice === 'never';
            set({ purpose, ...(ends && { end: { ...draft.end, choice: 'h4' as const } }) });
          }}
        />
      </FormField>
      <FormField
        label={t('common.reason')}
        constraintText={t('holds.reason-hint')}
        errorText={errorOf('reason')}
      >
        <Input value={draft.reason} onChange={({ detail }) => set({ reason: detail.value })} />
      </FormField>
      <FormField label={t('holds.env')}>
        <Select
          selectedOption={{
            value: draft.env,
            label: draft.env === '' ? t('holds.env-both') : t(`shell.env.${draft.env}`),
          }}
          options={[
            { value: '', label: t('holds.env-both') },
            ...(['prod', 'dev'] as const).map((value) => ({
              value,
              label: t(`shell.env.${value}`),
            })),
          ]}
          onChange={({ detail }) => set({ env: detail.selectedOption.value as typeof draft.env })}
        />
      </FormField>
      {planned && (
        <FormField label={t('holds.repeat')}>
          <SegmentedControl
            label={t('holds.repeat')}
            selectedId={draft.repeat}
            options={(['once', 'weekly'] as const).map((id) => ({
              id,
              text: t(`holds.repeat.${id}`),
            }))}
            onChange={({ detail }) => set({ repeat: detail.selectedId as typeof draft.repeat })}
          />
        </FormField>
      )}
      {planned && !weekly && (
        <FormField label={t('holds.begin')}>
          <SegmentedControl
            label={t('holds.begin')}
            selectedId={draft.begins}
            options={(['now', 'at'] as const).map((id) => ({ id, text: t(`holds.begin.${id}`) }))}
            onChange={({ detail }) => set({ begins: detail.selectedId as typeof draft.begins })}
          />
        </FormField>
      )}
      {planned && !weekly && draft.begins === 'at' && (
        <InstantInput
          label={t('holds.begin')}
          value={draft.from}
          errorText={errorOf('from')}
          onChange={(from) => set({ from })}
        />
      )}
      {weekly ? (
        <WeeklyFields
          value={draft.weekly}
          errorText={errorOf('weekly')}
          onChange={(next) => set({ weekly: next })}
        />
      ) : (
        <HoldEnd
          value={draft.end}
          mayNever={!planned}
          errorText={errorOf('until')}
          onChange={(end) => set({ end })}
        />
      )}
    </ActionDialog>
  );
};
