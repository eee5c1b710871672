import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { ThrottledFamily, ThrottleRule } from '../../../../shared/domain/pool/pool.schema.ts';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { TaskKind } from '../../../../shared/domain/workflow/task.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import {
  errorAt,
  errorsOfIssues,
  errorsOfProblem,
  type FieldErrors,
} from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useSaveRule } from './pools.queries.ts';
import { type RuleDraft, type RuleRow, ruleDraftOf, ruleOfDraft } from './rule-draft.ts';
import { WindowFields } from './window-fields.tsx';

/** Creates a throttling rule, or edits one. */
export const RuleForm = ({ rule, onClose }: { rule: RuleRow | undefined; onClose: () => void }) => {
  const t = useT();
  const say = useSay();
  const save = useSaveRule();
  const [draft, setDraft] = useState(() => ruleDraftOf(rule));
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };
  const set = (change: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...change }));

  const onSave = () => {
    const parsed = ThrottleRule.safeParse(ruleOfDraft(draft));
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    save.mutate(
      { rule: parsed.data, rev: rule?.rev },
      {
        onSuccess: () => {
          say({ type: 'success', content: t('form.saved', { name: draft.name }) });
          onClose();
        },
      },
    );
  };
  const text = (
    label: string,
    field: 'name' | 'description' | 'zone' | 'projects' | 'workflows' | 'tasks' | 'resourceGroups',
    path: string,
    hint?: string,
  ) => (
    <FormField label={label} constraintText={hint} errorText={errorAt(errors, path)}>
      <Input
        value={draft[field]}
        disabled={field === 'name' && rule !== undefined}
        onChange={({ detail }) => set({ [field]: detail.value })}
      />
    </FormField>
  );
  const list = (label: string, field: 'projects' | 'workflows' | 'tasks' | 'resourceGroups') =>
    text(label, field, `scope.${field}`, t('form.list-hint'));
  const families = (values: readonly ThrottledFamily[]) =>
    values.map((value) => ({ value, label: t(`throttling.family.${value}`) }));
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

  return (
    <FormDialog
      title={rule ? t('form.edit-title', { name: rule.name }) : t('throttling.new')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      {text(t('common.name'), 'name', 'name')}
      {text(t('common.description'), 'description', 'description')}
      <FormField
        label={t('pools.max-concurrency')}
        constraintText={t('pools.max-concurrency-hint')}
        errorText={errorAt(errors, 'maxConcurrency')}
      >
        <Input
          type="number"
          inputMode="numeric"
          value={draft.maxConcurrency}
          onChange={({ detail }) => set({ maxConcurrency: detail.value })}
        />
      </FormField>
      <WindowFields
        windows={draft.windows}
        errors={errors}
        onChange={(windows) => set({ windows })}
      />
      {text(t('pools.zone'), 'zone', 'zone')}
      <FormField label={t('pools.env')}>
        <Select
          selectedOption={{
            value: draft.env,
            label: draft.env === '' ? t('pools.env-both') : t(`shell.env.${draft.env}`),
          }}
          options={[
            { value: '', label: t('pools.env-both') },
            ...Env.options.map((value) => ({ value, label: t(`shell.env.${value}`) })),
          ]}
          onChange={({ detail }) => {
            const env = Env.safeParse(detail.selectedOption.value);
            set({ env: env.success ? env.data : '' });
          }}
        />
      </FormField>
      {list(t('pools.projects'), 'projects')}
      {list(t('pools.workflows'), 'workflows')}
      {list(t('throttling.tasks'), 'tasks')}
      <FormField label={t('pools.kinds')} errorText={errorAt(errors, 'scope.kinds')}>
        <Multiselect
          selectedOptions={plain(draft.kinds)}
          options={plain(TaskKind.options)}
          onChange={({ detail }) =>
            set({ kinds: detail.selectedOptions.map(({ value }) => TaskKind.parse(value)) })
          }
        />
      </FormField>
      {list(t('pools.groups-field'), 'resourceGroups')}
      <FormField
        label={t('throttling.families')}
        constraintText={t('throttling.families-hint')}
        errorText={errorAt(errors, 'families')}
      >
        <Multiselect
          selectedOptions={families(draft.families)}
          options={families(ThrottledFamily.options)}
          onChange={({ detail }) =>
            set({
              families: detail.selectedOptions.map(({ value }) => ThrottledFamily.parse(value)),
            })
          }
        />
      </FormField>
      <FormField label={t('throttling.up-to')}>
        <Select
          selectedOption={{
            value: draft.upTo,
            label: draft.upTo === '' ? t('throttling.up-to-all') : t(`priority.${draft.upTo}`),
          }}
          options={[
            { value: '', label: t('throttling.up-to-all') },
            ...Priority.options.map((value) => ({ value, label: t(`priority.${value}`) })),
          ]}
          onChange={({ detail }) => {
            const upTo = Priority.safeParse(detail.selectedOption.value);
            set({ upTo: upTo.success ? upTo.data : '' });
          }}
        />
      </FormField>
      <Checkbox checked={draft.byName} onChange={({ detail }) => set({ byName: detail.checked })}>
        {t('pools.by-name')}
      </Checkbox>
      <Checkbox checked={draft.enabled} onChange={({ detail }) => set({ enabled: detail.checked })}>
        {t('pools.enabled')}
      </Checkbox>
    </FormDialog>
  );
};
