import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { errorAt, type FieldErrors } from '../../ui/form/field-errors.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { DateRange } from './backfill-draft.ts';

const most = 7;

/** Up to seven ranges of business dates, both ends included. */
export const DateRanges = ({
  ranges,
  errors,
  onChange,
}: {
  ranges: readonly DateRange[];
  errors: FieldErrors;
  onChange: (ranges: readonly DateRange[]) => void;
}) => {
  const t = useT();
  const set = (at: number, change: Partial<DateRange>) =>
    onChange(ranges.map((range, n) => (n === at ? { ...range, ...change } : range)));
  const picker = (at: number, end: 'from' | 'to', value: string) => (
    <FormField label={t(`backfills.range-${end}`, { number: at + 1 })}>
      <DatePicker
        value={value}
        placeholder="YYYY/MM/DD"
        openCalendarAriaLabel={() => t(`backfills.range-${end}`, { number: at + 1 })}
        onChange={({ detail }) => set(at, { [end]: detail.value })}
      />
    </FormField>
  );

  return (
    <FormField
      label={t('backfills.dates')}
      constraintText={t('backfills.ranges-hint', { most })}
      errorText={errorAt(errors, 'dates')}
    >
      <SpaceBetween size="xs">
        {ranges.map(({ from, to }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a range has no name of its own
          <SpaceBetween key={n} direction="horizontal" size="xs">
            {picker(n, 'from', from)}
            {picker(n, 'to', to)}
            {ranges.length > 1 && (
              <Button
                iconName="remove"
                variant="icon"
                ariaLabel={t('backfills.range-remove', { number: n + 1 })}
                onClick={() => onChange(ranges.filter((_, other) => other !== n))}
              />
            )}
          </SpaceBetween>
        ))}
        <Button
          iconName="add-plus"
          disabled={ranges.length >= most}
          onClick={() => onChange([...ranges, { from: '', to: '' }])}
        >
          {t('backfills.range-add')}
        </Button>
      </SpaceBetween>
    </FormField>
  );
};
