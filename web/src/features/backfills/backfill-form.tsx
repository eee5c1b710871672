import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { errorAt, type FieldErrors } from '../../ui/form/field-errors.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { BackfillDraft } from './backfill-draft.ts';
import { DateRanges } from './date-ranges.tsx';
import { FilterFields } from './filter-fields.tsx';
import { WhenFields } from './when-fields.tsx';

type Texts =
  | 'name'
  | 'roots'
  | 'levels'
  | 'groups'
  | 'resourceGroup'
  | 'windowFrom'
  | 'windowTo'
  | 'hoursFrom'
  | 'hoursTo';
type Flags = 'includeRoot' | 'skipPaused' | 'continueOnFailure' | 'yields' | 'weekends';

/** Everything that a backfill can be told (nodes-and-instances 3.4), in the order in which people decide it. */
export const BackfillForm = ({
  draft,
  errors,
  onChange,
}: {
  draft: BackfillDraft;
  errors: FieldErrors;
  onChange: (change: Partial<BackfillDraft>) => void;
}) => {
  const t = useT();
  const text = (label: string, field: Texts, path: string, hint?: string) => (
    <FormField label={label} constraintText={hint} errorText={errorAt(errors, path)}>
      <Input value={draft[field]} onChange={({ detail }) => onChange({ [field]: detail.value })} />
    </FormField>
  );
  const flag = (field: Flags, label: string, hint?: string) => (
    <Checkbox
      checked={draft[field]}
      description={hint}
      onChange={({ detail }) => onChange({ [field]: detail.checked })}
    >
      {label}
    </Checkbox>
  );
  const choice = <
    F extends 'below' | 'order' | 'existing' | 'pausedTasks' | 'dryRunTasks' | 'futureDue',
  >(
    field: F,
    label: string,
    options: readonly BackfillDraft[F][],
    textOf: (value: BackfillDraft[F]) => string,
  ) => (
    <FormField label={label}>
      <RadioGroup
        value={draft[field]}
        items={options.map((value) => ({ value, label: textOf(value) }))}
        onChange={({ detail }) =>
          onChange({ [field]: detail.value } as unknown as Partial<BackfillDraft>)
        }
      />
    </FormField>
  );

  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('backfills.part.tasks')}</Header>}>
        <SpaceBetween size="m">
          <FormField
            label={t('backfills.roots')}
            constraintText={t('backfills.roots-hint')}
            errorText={errorAt(errors, 'selection.roots')}
          >
            <Textarea
              rows={2}
              value={draft.roots}
              placeholder="shop/daily_sales/load"
              onChange={({ detail }) => onChange({ roots: detail.value })}
            />
          </FormField>
          {choice('below', t('backfills.below'), ['none', 'levels', 'all', 'massive'], (value) =>
            t(`backfills.below.${value}`),
          )}
          {draft.below === 'levels' &&
            text(t('backfills.levels'), 'levels', 'selection.levels', t('backfills.levels-hint'))}
          {draft.below === 'massive' && (
            <FilterFields
              filters={draft.filters}
              errors={errors}
              onChange={(filters) => onChange({ filters })}
            />
          )}
          {flag('includeRoot', t('backfills.include-root'), t('backfills.include-root-hint'))}
          {draft.below !== 'none' && flag('skipPaused', t('backfills.skip-paused'))}
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{t('backfills.part.dates')}</Header>}>
        <SpaceBetween size="m">
          <DateRanges
            ranges={draft.ranges}
            errors={errors}
            onChange={(ranges) => onChange({ ranges })}
          />
          {text(t('backfills.groups'), 'groups', 'groups', t('backfills.groups-hint'))}
          {choice('order', t('backfills.order'), ['asc', 'desc'], (value) =>
            t(`backfills.order.${value}`),
          )}
          {choice('existing', t('backfills.existing'), ['all', 'missing', 'failed'], (value) =>
            t(`backfills.existing.${value}`),
          )}
          <SpaceBetween direction="horizontal" size="m">
            {text(t('backfills.window-from'), 'windowFrom', 'window.from')}
            {text(t('backfills.window-to'), 'windowTo', 'window.to', t('backfills.window-hint'))}
          </SpaceBetween>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{t('backfills.part.how')}</Header>}>
        <SpaceBetween size="m">
          {flag('yields', t('backfills.yields'), t('backfills.yields-hint'))}
          {flag('continueOnFailure', t('backfills.continue'), t('backfills.continue-hint'))}
          {choice('pausedTasks', t('backfills.paused-tasks'), ['run', 'keep'], (value) =>
            t(`backfills.paused-tasks.${value}`),
          )}
          {choice('dryRunTasks', t('backfills.dry-run-tasks'), ['run', 'keep'], (value) =>
            t(`backfills.dry-run-tasks.${value}`),
          )}
          {choice('futureDue', t('backfills.future-due'), ['run', 'wait'], (value) =>
            t(`backfills.future-due.${value}`),
          )}
          <FormField
            label={t('backfills.parameters')}
            constraintText={t('backfills.parameters-hint')}
            errorText={errorAt(errors, 'parameters')}
          >
            <Textarea
              rows={3}
              value={draft.parameters}
              placeholder="region=eu"
              onChange={({ detail }) => onChange({ parameters: detail.value })}
            />
          </FormField>
          {text(
            t('backfills.resource-group'),
            'resourceGroup',
            'resourceGroup',
            t('backfills.as-defined'),
          )}
          <FormField label={t('backfills.priority')} errorText={errorAt(errors, 'priority')}>
            <Select
              selectedOption={{
                value: draft.priority,
                label: draft.priority ? t(`priority.${draft.priority}`) : t('backfills.as-defined'),
              }}
              options={[
                { value: '', label: t('backfills.as-defined') },
                ...Priority.options.map((value) => ({ value, label: t(`priority.${value}`) })),
              ]}
              onChange={({ detail }) => {
                const priority = Priority.safeParse(detail.selectedOption.value);
                onChange({ priority: priority.success ? priority.data : '' });
              }}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{t('backfills.part.when')}</Header>}>
        <SpaceBetween size="m">
          <WhenFields draft={draft} errors={errors} onChange={onChange} />
          <SpaceBetween direction="horizontal" size="m">
            {text(t('backfills.hours-from'), 'hoursFrom', 'runWindow.from')}
            {text(t('backfills.hours-to'), 'hoursTo', 'runWindow.to', t('backfills.hours-hint'))}
          </SpaceBetween>
          {flag('weekends', t('backfills.weekends'))}
          {text(t('common.name'), 'name', 'name', t('backfills.name-hint'))}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
};
