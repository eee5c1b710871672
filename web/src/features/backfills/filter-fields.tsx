import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { BackfillFilter } from '../../../../shared/domain/backfill/backfill.schema.ts';
import { errorAt, type FieldErrors } from '../../ui/form/field-errors.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { BackfillDraft } from './backfill-draft.ts';

type Filters = BackfillDraft['filters'];
const { key: Key, op: Op } = BackfillFilter.shape;

/** What massive mode takes of everything below the roots. */
export const FilterFields = ({
  filters,
  errors,
  onChange,
}: {
  filters: Filters;
  errors: FieldErrors;
  onChange: (filters: Filters) => void;
}) => {
  const t = useT();
  const set = (at: number, change: Partial<Filters[number]>) =>
    onChange(filters.map((filter, n) => (n === at ? { ...filter, ...change } : filter)));
  const opOf = (value: Filters[number]['op']) => ({ value, label: t(`backfills.filter.${value}`) });
  const keyOf = (value: Filters[number]['key']) => ({
    value,
    label: t(`backfills.filter-key.${value}`),
  });

  return (
    <FormField
      label={t('backfills.filters')}
      constraintText={t('backfills.filters-hint')}
      errorText={errorAt(errors, 'selection.filters')}
    >
      <SpaceBetween size="xs">
        {filters.map(({ key, op, values }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no name of its own
          <SpaceBetween key={n} direction="horizontal" size="xs">
            <Select
              selectedOption={opOf(op)}
              options={Op.options.map(opOf)}
              onChange={({ detail }) => set(n, { op: Op.parse(detail.selectedOption.value) })}
            />
            <Select
              selectedOption={keyOf(key)}
              options={Key.options.map(keyOf)}
              onChange={({ detail }) => set(n, { key: Key.parse(detail.selectedOption.value) })}
            />
            <Input
              value={values}
              ariaLabel={t('backfills.filter-values')}
              onChange={({ detail }) => set(n, { values: detail.value })}
            />
            <Button
              iconName="remove"
              variant="icon"
              ariaLabel={t('backfills.filter-remove')}
              onClick={() => onChange(filters.filter((_, other) => other !== n))}
            />
          </SpaceBetween>
        ))}
        <Button
          iconName="add-plus"
          onClick={() => onChange([...filters, { key: 'PROJECT', op: 'include', values: '' }])}
        >
          {t('backfills.filter-add')}
        </Button>
      </SpaceBetween>
    </FormField>
  );
};
