import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { TaskChange } from './task-change.ts';
import type { BatchAction } from './task-refusal.ts';

type Props = {
  readonly action: BatchAction;
  readonly change: TaskChange;
  /** Users that the new owner is chosen from. */
  readonly members: readonly string[];
  readonly groups: readonly string[];
  readonly onChange: (change: Partial<TaskChange>) => void;
};

/** The fields of an operation that sets something, and the way back to what the definition says. */
export const TaskFields = ({ change, onChange, ...rest }: Props) => {
  const t = useT();
  const fields = useFields({ change, onChange, ...rest });
  if (!fields) return null;

  return (
    <SpaceBetween size="s">
      {!change.asDefined && fields}
      <Checkbox
        checked={change.asDefined}
        onChange={({ detail }) => onChange({ asDefined: detail.checked })}
      >
        {t('task-form.as-defined')}
      </Checkbox>
    </SpaceBetween>
  );
};

const useFields = ({ action, change, members, groups, onChange }: Props): ReactNode => {
  const t = useT();
  const number = (label: string, value: string, set: (text: string) => void, hint: string) => (
    <FormField label={label} constraintText={hint}>
      <Input type="number" value={value} onChange={({ detail }) => set(detail.value)} />
    </FormField>
  );

  switch (action) {
    case 'set-owner':
      return (
        <FormField
          label={t('task-form.owner')}
          constraintText={t(members.length > 0 ? 'task-form.owner-hint' : 'task-form.no-members')}
        >
          <Choice values={members} value={change.owner} onChange={(owner) => onChange({ owner })} />
        </FormField>
      );
    case 'set-priority': {
      const options = Priority.options.map((value) => ({ value, label: t(`priority.${value}`) }));
      return (
        <FormField label={t('task-form.priority')} constraintText={t('task-form.priority-hint')}>
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === change.priority) ?? null}
            onChange={({ detail }) =>
              onChange({ priority: Priority.parse(detail.selectedOption.value) })
            }
          />
        </FormField>
      );
    }
    case 'set-resource-group':
      return (
        <FormField label={t('task-form.group')} constraintText={t('task-form.new-only')}>
          <Choice
            values={['default', ...groups.filter((name) => name !== 'default')]}
            value={change.group}
            onChange={(group) => onChange({ group })}
          />
        </FormField>
      );
    case 'set-timeout':
      return number(
        t('task-form.timeout'),
        change.timeoutSeconds,
        (timeoutSeconds) => onChange({ timeoutSeconds }),
        t('task-form.new-only'),
      );
    case 'set-retries':
      return (
        <SpaceBetween size="s">
          {number(
            t('task-form.retry-count'),
            change.retryCount,
            (retryCount) => onChange({ retryCount }),
            t('task-form.new-only'),
          )}
          {number(
            t('task-form.retry-interval'),
            change.retryInterval,
            (retryInterval) => onChange({ retryInterval }),
            t('common.optional'),
          )}
        </SpaceBetween>
      );
    case 'set-dry-run':
      return (
        <FormField label={t('task-form.dry-run')} constraintText={t('task-form.new-only')}>
          <RadioGroup
            value={change.dryRun ? 'on' : 'off'}
            items={[
              { value: 'on', label: t('task-form.dry-on') },
              { value: 'off', label: t('task-form.dry-off') },
            ]}
            onChange={({ detail }) => onChange({ dryRun: detail.value === 'on' })}
          />
        </FormField>
      );
    default:
      return null;
  }
};

const Choice = ({
  values,
  value,
  onChange,
}: {
  values: readonly string[];
  value: string;
  onChange: (value: string) => void;
}) => (
  <Select
    options={values.map((each) => ({ value: each, label: each }))}
    selectedOption={value === '' ? null : { value, label: value }}
    placeholder="–"
    onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
  />
);
