import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type * as z from 'zod';
import type { ThrottleRuleView } from '../../../../shared/contracts/api/pool-routes.ts';
import { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { ThrottleRule } from '../../../../shared/domain/pool/pool.schema.ts';
import { TaskKind } from '../../../../shared/domain/workflow/task.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { errorAt, errorsOfIssues, errorsOfProblem, type FieldErrors } from './field-errors.ts';
import { PoolForm } from './pool-form.tsx';
import { useSaveRule } from './pools.queries.ts';

export type RuleRow = z.infer<typeof ThrottleRuleView>;

/** Creates a throttling rule, or edits one. What the form does not show of it stays as it is. */
export const RuleForm = ({ rule, onClose }: { rule: RuleRow | undefined; onClose: () => void }) => {
  const t = useT();
  const say = useSay();
  const save = useSaveRule();
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

  const onSave = () => {
    const input = ruleOf(draft, rule);
    const parsed = ThrottleRule.safeParse(input);
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    save.mutate(
      { rule: parsed.data, rev: rule?.rev },
      {
        onSuccess: () => {
          say({ type: 'success', content: t('pools.saved', { name: draft.name }) });
          onClose();
        },
      },
    );
  };
  const list = (label: string, field: 'projects' | 'workflows' | 'resourceGroups') => (
    <FormField
      label={label}
      constraintText={t('pools.list-hint')}
      errorText={errorAt(errors, `scope.${field}`)}
    >
      <Input value={draft[field]} onChange={({ detail }) => set({ [field]: detail.value })} />
    </FormField>
  );

  return (
    <PoolForm
      title={rule ? t('pools.edit-title', { name: rule.name }) : t('pools.new-rule')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      <FormField label={t('common.name')} errorText={errorAt(errors, 'name')}>
        <Input
          value={draft.name}
          disabled={rule !== undefined}
          onChange={({ detail }) => set({ name: detail.value })}
        />
      </FormField>
      <FormField label={t('common.description')} errorText={errorAt(errors, 'description')}>
        <Input
          value={draft.description}
          onChange={({ detail }) => set({ description: detail.value })}
        />
      </FormField>
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
      <FormField label={t('pools.kinds')}>
        <Multiselect
          selectedOptions={options(draft.kinds)}
          options={options(TaskKind.options)}
          onChange={({ detail }) =>
            set({ kinds: detail.selectedOptions.map(({ value }) => TaskKind.parse(value)) })
          }
        />
      </FormField>
      {list(t('pools.groups-field'), 'resourceGroups')}
      <Checkbox checked={draft.byName} onChange={({ detail }) => set({ byName: detail.checked })}>
        {t('pools.by-name')}
      </Checkbox>
      <Checkbox checked={draft.enabled} onChange={({ detail }) => set({ enabled: detail.checked })}>
        {t('pools.enabled')}
      </Checkbox>
    </PoolForm>
  );
};

const draftOf = (rule: RuleRow | undefined) => ({
  name: rule?.name ?? '',
  description: rule?.description ?? '',
  enabled: rule?.enabled ?? true,
  env: rule?.env ?? ('' as const),
  maxConcurrency: String(rule?.maxConcurrency ?? 1),
  projects: rule?.scope.projects?.join(', ') ?? '',
  workflows: rule?.scope.workflows?.join(', ') ?? '',
  resourceGroups: rule?.scope.resourceGroups?.join(', ') ?? '',
  kinds: rule?.scope.kinds ?? [],
  byName: rule?.scope.byName ?? false,
});

const listIn = (text: string): string[] | undefined => {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length > 0 ? items : undefined;
};

const ruleOf = (draft: ReturnType<typeof draftOf>, before: RuleRow | undefined) => {
  const { rev: _rev, ...kept } = before ?? {};
  return {
    ...kept,
    name: draft.name.trim(),
    description: draft.description || undefined,
    enabled: draft.enabled,
    env: draft.env || undefined,
    maxConcurrency: draft.maxConcurrency === '' ? undefined : Number(draft.maxConcurrency),
    scope: {
      ...before?.scope,
      projects: listIn(draft.projects),
      workflows: listIn(draft.workflows),
      resourceGroups: listIn(draft.resourceGroups),
      kinds: draft.kinds.length > 0 ? draft.kinds : undefined,
      byName: draft.byName || undefined,
    },
  };
};
