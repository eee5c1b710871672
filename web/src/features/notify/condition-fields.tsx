import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AlertCondition } from '../../../../shared/domain/alert/alert-rule.schema.ts';
import { errorAt, type FieldErrors } from '../../ui/form/field-errors.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type ConditionDraft, newCondition } from './alert-draft.ts';

const kinds = [
  ...(['error', 'completed', 'timeout', 'not-completed', 'not-started', 'auto-retried'] as const),
  ...(['log-keyword', 'failed-count', 'failed-share'] as const),
] satisfies readonly AlertCondition['on'][];

/** When a rule fires; `several` conditions make a rule each. */
export const ConditionFields = ({
  conditions,
  several,
  errors,
  onChange,
}: {
  conditions: readonly ConditionDraft[];
  several: boolean;
  errors: FieldErrors;
  onChange: (conditions: readonly ConditionDraft[]) => void;
}) => {
  const t = useT();
  const set = (at: number, change: Partial<ConditionDraft>) =>
    onChange(conditions.map((each, n) => (n === at ? { ...each, ...change } : each)));

  return (
    <SpaceBetween size="s">
      {conditions.map((condition, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no other name until it is saved
        <SpaceBetween key={n} size="xs">
          <FormField
            label={t('arules.condition')}
            constraintText={several ? t('arules.conditions-hint') : undefined}
            errorText={
              errorAt(errors, `conditions.${n}`) ??
              errorAt(errors, `conditions[${n}]`) ??
              errorAt(errors, 'condition')
            }
            secondaryControl={
              conditions.length > 1 && (
                <Button
                  iconName="remove"
                  variant="icon"
                  ariaLabel={`${t('common.delete')}: ${t(`arules.on.${condition.on}`)}`}
                  onClick={() => onChange(conditions.filter((_, other) => other !== n))}
                />
              )
            }
          >
            <Select
              selectedOption={{ value: condition.on, label: t(`arules.on.${condition.on}`) }}
              options={kinds.map((value) => ({ value, label: t(`arules.on.${value}`) }))}
              onChange={({ detail }) =>
                set(n, { on: detail.selectedOption.value as AlertCondition['on'] })
              }
            />
          </FormField>
          <ConditionDetail condition={condition} onChange={(change) => set(n, change)} />
        </SpaceBetween>
      ))}
      {several && conditions.length < kinds.length && (
        <Button
          iconName="add-plus"
          onClick={() => {
            const used = conditions.map(({ on }) => on);
            onChange([...conditions, newCondition(kinds.find((on) => !used.includes(on)))]);
          }}
        >
          {t('arules.condition')}
        </Button>
      )}
    </SpaceBetween>
  );
};

const ConditionDetail = ({
  condition: { on, minutes, by, byCycle, text, number },
  onChange,
}: {
  condition: ConditionDraft;
  onChange: (change: Partial<ConditionDraft>) => void;
}) => {
  const t = useT();
  const field = (label: string, value: string, name: keyof ConditionDraft, hint?: string) => (
    <FormField label={label} constraintText={hint}>
      <Input value={value} onChange={({ detail }) => onChange({ [name]: detail.value })} />
    </FormField>
  );
  switch (on) {
    case 'timeout':
      return field(t('arules.minutes'), minutes, 'minutes');
    case 'not-started':
      return field(t('arules.by'), by, 'by');
    case 'not-completed':
      return (
        <SpaceBetween size="xs">
          {field(t('arules.by'), by, 'by')}
          {field(t('arules.by-cycle'), byCycle, 'byCycle', t('arules.by-cycle-hint'))}
        </SpaceBetween>
      );
    case 'log-keyword':
      return field(t('arules.keyword'), text, 'text');
    case 'failed-count':
      return field(t('arules.at-least'), number, 'number');
    case 'failed-share':
      return field(t('arules.percent'), number, 'number');
    default:
      return null;
  }
};
