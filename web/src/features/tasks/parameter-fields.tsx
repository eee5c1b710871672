import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Box from '@cloudscape-design/components/box';
import Input from '@cloudscape-design/components/input';
import { useT } from '../../ui/i18n/language-provider.tsx';

export type Parameter = { readonly name: string; readonly value: string };

/** Parameters of one run: those of the task to change, others to add. */
export const ParameterFields = ({
  parameters,
  onChange,
}: {
  parameters: readonly Parameter[];
  onChange: (parameters: readonly Parameter[]) => void;
}) => {
  const t = useT();
  const set = (at: number, change: Partial<Parameter>) =>
    onChange(parameters.map((each, n) => (n === at ? { ...each, ...change } : each)));

  return (
    <div>
      <Box variant="h3">{t('task-run.parameters')}</Box>
      <AttributeEditor<Parameter>
        items={parameters}
        addButtonText={t('task-run.parameter-add')}
        removeButtonText={t('common.delete')}
        empty={t('task-run.parameter-none')}
        definition={[
          {
            label: t('task-run.parameter-name'),
            control: ({ name }, at) => (
              <Input
                ariaLabel={t('task-run.parameter-name')}
                value={name}
                onChange={({ detail }) => set(at, { name: detail.value })}
              />
            ),
          },
          {
            label: t('task-run.parameter-value'),
            control: ({ value }, at) => (
              <Input
                ariaLabel={t('task-run.parameter-value')}
                value={value}
                onChange={({ detail }) => set(at, { value: detail.value })}
              />
            ),
          },
        ]}
        onAddButtonClick={() => onChange([...parameters, { name: '', value: '' }])}
        onRemoveButtonClick={({ detail }) =>
          onChange(parameters.filter((_, at) => at !== detail.itemIndex))
        }
      />
    </div>
  );
};
