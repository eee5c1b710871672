import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import TimeInput from '@cloudscape-design/components/time-input';
import { Weekday } from '../../../../shared/domain/pool/pool.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { HoldDraft } from './hold-draft.ts';

/** Days and hours of a weekly maintenance, in one zone. */
export const WeeklyFields = ({
  value,
  errorText,
  onChange,
}: {
  value: HoldDraft['weekly'];
  errorText?: string | undefined;
  onChange: (value: HoldDraft['weekly']) => void;
}) => {
  const t = useT();
  const optionOf = (day: HoldDraft['weekly']['days'][number]) => ({
    value: day,
    label: t(`holds.day.${day}`),
  });
  const clock = (label: string, field: 'from' | 'to') => (
    <FormField label={label} constraintText={value.zone}>
      <TimeInput
        value={value[field]}
        format="hh:mm"
        placeholder="hh:mm"
        onChange={({ detail }) => onChange({ ...value, [field]: detail.value })}
      />
    </FormField>
  );

  return (
    <>
      <FormField label={t('holds.days')} errorText={errorText}>
        <Multiselect
          selectedOptions={value.days.map(optionOf)}
          options={Weekday.options.map(optionOf)}
          onChange={({ detail }) =>
            onChange({
              ...value,
              days: detail.selectedOptions.map((option) => Weekday.parse(option.value)),
            })
          }
        />
      </FormField>
      <div className="instant-input">
        {clock(t('holds.from-clock'), 'from')}
        {clock(t('holds.to-clock'), 'to')}
      </div>
    </>
  );
};
