import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** From this many instances on a person types the number. */
const typedFrom = 51;

/** Whether what was typed confirms so many instances. */
export const isConfirmed = (typed: string, count: number): boolean =>
  count > 0 && (count < typedFrom || typed.trim() === String(count));

/** Asks for the number where it is large. */
export const TypedCount = ({
  count,
  value,
  onChange,
}: {
  count: number;
  value: string;
  onChange: (value: string) => void;
}) => {
  const t = useT();
  if (count < typedFrom) return null;

  return (
    <FormField
      label={t('operations.type', { count })}
      constraintText={t('operations.type-hint')}
      errorText={
        value !== '' && !isConfirmed(value, count) ? t('operations.type-wrong') : undefined
      }
    >
      <Input inputMode="numeric" value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
};
