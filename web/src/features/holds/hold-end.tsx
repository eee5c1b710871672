import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { InstantInput, instantOfTyped, type TypedInstant } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';

const hours = { h1: 1, h4: 4, h12: 12 } as const;
const choices = ['never', 'h1', 'h4', 'h12', 'at'] as const;

/** When a hold ends, as it was chosen. */
export type EndChoice = { readonly choice: (typeof choices)[number]; readonly at: TypedInstant };

/** The instant of a choice; undefined for none, `unfinished` while its time is being typed. */
export const endOf = (
  { choice, at }: EndChoice,
  begins: number,
  zone: string,
): string | undefined | 'unfinished' => {
  if (choice === 'never') return undefined;
  if (choice === 'at') return instantOfTyped(at, zone) ?? 'unfinished';
  return isoOf(begins + hours[choice] * 3_600_000);
};

/** Asks when a hold ends: by itself after some hours, at a time, or when somebody lifts it. */
export const HoldEnd = ({
  value,
  mayNever,
  errorText,
  onChange,
}: {
  value: EndChoice;
  /** False for a maintenance: it ends. */
  mayNever: boolean;
  errorText?: string | undefined;
  onChange: (value: EndChoice) => void;
}) => {
  const t = useT();
  const optionOf = (choice: EndChoice['choice']) => ({
    value: choice,
    label: t(`holds.end.${choice}`),
  });

  return (
    <>
      <FormField label={t('holds.end')} errorText={value.choice === 'at' ? undefined : errorText}>
        <Select
          selectedOption={optionOf(value.choice)}
          options={choices.filter((choice) => mayNever || choice !== 'never').map(optionOf)}
          onChange={({ detail }) =>
            onChange({
              ...value,
              choice: choices.find((each) => each === detail.selectedOption.value) ?? 'h1',
            })
          }
        />
      </FormField>
      {value.choice === 'at' && (
        <InstantInput
          label={t('holds.end')}
          value={value.at}
          errorText={errorText}
          onChange={(at) => onChange({ ...value, at })}
        />
      )}
    </>
  );
};
