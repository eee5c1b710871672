import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { AlertRuleView } from '../../../../shared/contracts/api/alert-rule-routes.ts';
import { AlertWishes, Severity } from '../../../../shared/domain/alert/alert-rule.schema.ts';
import type { ChannelKind } from '../../../../shared/domain/notice/channel.schema.ts';
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
import { type AlertDraft, alertDraftOf, wishesOfDraft } from './alert-draft.ts';
import { ChannelsField } from './channels-field.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { useSaveAlertRule } from './notify.queries.ts';
import { ReceiversField } from './receivers-field.tsx';

const levels = ['task', 'project'] as const;

/** Creates alert rules (one condition for many objects, or many conditions for one), or edits one. */
export const AlertForm = ({
  project,
  rule,
  channels,
  onClose,
}: {
  project: string;
  rule: AlertRuleView | undefined;
  channels: readonly ChannelKind[];
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const save = useSaveAlertRule();
  const [draft, setDraft] = useState(() => alertDraftOf(rule));
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };
  const set = (change: Partial<AlertDraft>) => setDraft((now) => ({ ...now, ...change }));

  const onSave = () => {
    const parsed = AlertWishes.safeParse(wishesOfDraft(draft));
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    save.mutate(
      { project, wishes: parsed.data, of: rule },
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
    field: keyof AlertDraft &
      (
        | 'name'
        | 'tasks'
        | 'whitelist'
        | 'frequencyMinutes'
        | 'maxSends'
        | 'from'
        | 'to'
        | 'escalateAfter'
      ),
    path: string,
    hint?: string,
  ) => (
    <FormField label={label} constraintText={hint} errorText={errorAt(errors, path)}>
      <Input value={draft[field]} onChange={({ detail }) => set({ [field]: detail.value })} />
    </FormField>
  );

  return (
    <FormDialog
      title={rule ? t('form.edit-title', { name: rule.name }) : t('arules.new')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      {text(t('common.name'), 'name', 'name')}
      <FormField label={t('arules.object')}>
        <Select
          selectedOption={{ value: draft.level, label: t(`arules.level.${draft.level}`) }}
          options={levels.map((value) => ({ value, label: t(`arules.level.${value}`) }))}
          onChange={({ detail }) =>
            set({ level: detail.selectedOption.value as AlertDraft['level'] })
          }
        />
      </FormField>
      {draft.level === 'task' ? (
        text(t('arules.tasks'), 'tasks', 'scope', t('arules.tasks-hint'))
      ) : (
        <>
          <FormField
            label={t('arules.kinds')}
            constraintText={t('arules.kinds-hint')}
            errorText={errorAt(errors, 'scope')}
          >
            <Multiselect
              selectedOptions={draft.kinds.map((value) => ({ value, label: value }))}
              options={TaskKind.options.map((value) => ({ value, label: value }))}
              onChange={({ detail }) =>
                set({ kinds: detail.selectedOptions.map(({ value }) => value ?? '') })
              }
            />
          </FormField>
          {text(t('arules.whitelist'), 'whitelist', 'whitelist', t('arules.whitelist-hint'))}
        </>
      )}
      <ConditionFields
        conditions={draft.conditions}
        several={rule === undefined}
        errors={errors}
        onChange={(conditions) => set({ conditions })}
      />
      <FormField label={t('arules.severity')}>
        <Select
          selectedOption={{ value: draft.severity, label: t(`arules.severity.${draft.severity}`) }}
          options={Severity.options.map((value) => ({
            value,
            label: t(`arules.severity.${value}`),
          }))}
          onChange={({ detail }) => set({ severity: Severity.parse(detail.selectedOption.value) })}
        />
      </FormField>
      <ChannelsField
        label={t('arules.channels')}
        value={draft.channels}
        channels={channels}
        errorText={errorAt(errors, 'channels')}
        onChange={(chosen) => set({ channels: chosen })}
      />
      <ReceiversField
        label={t('receiver.field')}
        value={draft.receivers}
        errorText={errorAt(errors, 'receivers')}
        constraintText={t('receiver.hint')}
        onChange={(receivers) => set({ receivers })}
      />
      {text(t('arules.frequency'), 'frequencyMinutes', 'frequencyMinutes')}
      {text(t('arules.max-sends'), 'maxSends', 'maxSends')}
      {text(t('arules.effective'), 'from', 'effective', t('arules.effective-hint'))}
      {text(t('arules.effective-to'), 'to', 'effective.to')}
      {text(t('arules.escalate'), 'escalateAfter', 'escalation', t('arules.escalate-hint'))}
      {draft.escalateAfter !== '' && (
        <ReceiversField
          label={t('arules.escalate-to')}
          value={draft.escalateTo}
          errorText={errorAt(errors, 'escalation.receivers')}
          onChange={(escalateTo) => set({ escalateTo })}
        />
      )}
      <Checkbox
        checked={draft.otherRuns}
        onChange={({ detail }) => set({ otherRuns: detail.checked })}
      >
        {t('notify.other-runs')}
      </Checkbox>
      <Checkbox
        checked={draft.resendUnconfirmed}
        onChange={({ detail }) => set({ resendUnconfirmed: detail.checked })}
      >
        {t('notify.resend')}
      </Checkbox>
    </FormDialog>
  );
};
