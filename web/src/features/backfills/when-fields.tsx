import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import { errorAt, type FieldErrors } from '../../ui/form/field-errors.ts';
import { InstantInput, instantOfTyped, type TypedInstant } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import type { BackfillDraft } from './backfill-draft.ts';

const choices = ['now', 'at', 'periodic', 'manual'] as const;

/** When it becomes runnable: at once, at a time, each day, or when somebody says so. */
export const WhenFields = ({
  draft,
  errors,
  onChange,
}: {
  draft: BackfillDraft;
  errors: FieldErrors;
  onChange: (change: Partial<BackfillDraft>) => void;
}) => {
  const t = useT();
  const zone = useShownZone();
  const [typed, setTyped] = useState<TypedInstant>({ date: '', time: '' });

  return (
    <>
      <FormField label={t('backfills.when')}>
        <RadioGroup
          value={draft.when}
          items={choices.map((value) => ({
            value,
            label: t(`backfills.when.${value}`),
            description: t(`backfills.when-hint.${value}`),
          }))}
          onChange={({ detail }) =>
            onChange({ when: choices.find((each) => each === detail.value) ?? 'now' })
          }
        />
      </FormField>
      {draft.when === 'at' && (
        <InstantInput
          label={t('backfills.when.at')}
          value={typed}
          errorText={errorAt(errors, 'when')}
          onChange={(value) => {
            setTyped(value);
            onChange({ at: instantOfTyped(value, zone) });
          }}
        />
      )}
      {draft.when === 'periodic' && (
        <FormField label={t('backfills.daily-at')} errorText={errorAt(errors, 'when')}>
          <Input
            value={draft.dailyAt}
            onChange={({ detail }) => onChange({ dailyAt: detail.value })}
          />
        </FormField>
      )}
    </>
  );
};
