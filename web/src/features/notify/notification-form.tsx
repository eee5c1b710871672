import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { NotificationRuleView } from '../../../../shared/contracts/api/notification-routes.ts';
import type { ChannelKind } from '../../../../shared/domain/notice/channel.schema.ts';
import {
  NotificationItem,
  NotificationWish,
  type Sphere,
} from '../../../../shared/domain/notice/notification-rule.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import {
  errorAt,
  errorsOfIssues,
  errorsOfProblem,
  type FieldErrors,
} from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ChannelsField } from './channels-field.tsx';
import { listOfText } from './list-of-text.ts';
import { useSaveNotification } from './notify.queries.ts';
import { ReceiversField } from './receivers-field.tsx';

const spheres = ['project', 'workflows', 'tags'] as const;

const blank: NotificationWish = {
  ...{ name: '', items: [], sphere: { kind: 'project' }, methods: ['mail'], receivers: [] },
  ...{ enabled: true, mergeMinutes: 5 },
  ...{ otherRuns: false, everyAttempt: false, resendUnconfirmed: false },
};

/** The form of seed 000: five required fields, and when and how often it tells. */
export const NotificationForm = ({
  project,
  rule,
  channels,
  workflows,
  onClose,
}: {
  project: string;
  rule: NotificationRuleView | undefined;
  channels: readonly ChannelKind[];
  /** Those of the project, to choose from. */
  workflows: readonly string[];
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const save = useSaveNotification();
  const [draft, setDraft] = useState<NotificationWish>(() =>
    rule ? NotificationWish.parse(rule) : blank,
  );
  const [tags, setTags] = useState(
    draft.sphere.kind === 'tags' ? draft.sphere.tags.join(', ') : '',
  );
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };
  const set = (change: Partial<NotificationWish>) => setDraft((now) => ({ ...now, ...change }));
  const option = (value: string) => ({ value, label: value });
  const itemOption = (value: NotificationItem) => ({ value, label: t(`nrules.item.${value}`) });

  const sphereOf = (kind: (typeof spheres)[number]): Sphere => {
    if (kind === 'project') return { kind };
    return kind === 'workflows' ? { kind, workflows: [] } : { kind, tags: listOfText(tags) };
  };
  const onSave = () => {
    const { sphere } = draft;
    const wish = {
      ...draft,
      sphere: sphere.kind === 'tags' ? { ...sphere, tags: listOfText(tags) } : sphere,
    };
    const parsed = NotificationWish.safeParse(wish);
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    save.mutate(
      { project, wish: parsed.data, of: rule },
      {
        onSuccess: ({ name }) => {
          say({ type: 'success', content: t('form.saved', { name }) });
          onClose();
        },
      },
    );
  };

  return (
    <FormDialog
      title={rule ? t('form.edit-title', { name: rule.name }) : t('nrules.new')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      <FormField label={t('common.name')} errorText={errorAt(errors, 'name')}>
        <Input value={draft.name} onChange={({ detail }) => set({ name: detail.value })} />
      </FormField>
      <FormField label={t('nrules.item')} errorText={errorAt(errors, 'items')}>
        <Multiselect
          selectedOptions={draft.items.map(itemOption)}
          options={NotificationItem.options.map(itemOption)}
          onChange={({ detail }) =>
            set({ items: detail.selectedOptions.map(({ value }) => NotificationItem.parse(value)) })
          }
        />
      </FormField>
      <FormField label={t('nrules.sphere')} errorText={errorAt(errors, 'sphere')}>
        <Select
          selectedOption={{
            value: draft.sphere.kind,
            label: t(`nrules.sphere.${draft.sphere.kind}`),
          }}
          options={spheres.map((value) => ({ value, label: t(`nrules.sphere.${value}`) }))}
          onChange={({ detail }) =>
            set({ sphere: sphereOf(detail.selectedOption.value as (typeof spheres)[number]) })
          }
        />
      </FormField>
      {draft.sphere.kind === 'workflows' && (
        <FormField label={t('nrules.sphere.workflows')}>
          <Multiselect
            selectedOptions={draft.sphere.workflows.map(option)}
            options={workflows.map(option)}
            filteringType="auto"
            onChange={({ detail }) =>
              set({
                sphere: {
                  kind: 'workflows',
                  workflows: detail.selectedOptions.map(({ value }) => value ?? ''),
                },
              })
            }
          />
        </FormField>
      )}
      {draft.sphere.kind === 'tags' && (
        <FormField label={t('nrules.tags')} constraintText={t('form.list-hint')}>
          <Input value={tags} onChange={({ detail }) => setTags(detail.value)} />
        </FormField>
      )}
      <ChannelsField
        label={t('notify.methods')}
        value={draft.methods}
        channels={channels}
        errorText={errorAt(errors, 'methods')}
        onChange={(methods) => set({ methods: [...methods] })}
      />
      <ReceiversField
        label={t('nrules.object')}
        value={draft.receivers}
        errorText={errorAt(errors, 'receivers')}
        constraintText={t('receiver.hint')}
        onChange={(receivers) => set({ receivers: [...receivers] })}
      />
      <FormField
        label={t('notify.merge')}
        constraintText={t('notify.merge-hint')}
        errorText={errorAt(errors, 'mergeMinutes')}
      >
        <Input
          type="number"
          inputMode="numeric"
          value={Number.isNaN(draft.mergeMinutes) ? '' : String(draft.mergeMinutes)}
          onChange={({ detail }) =>
            set({ mergeMinutes: detail.value === '' ? Number.NaN : Number(detail.value) })
          }
        />
      </FormField>
      <Checkbox
        checked={draft.otherRuns}
        onChange={({ detail }) => set({ otherRuns: detail.checked })}
      >
        {t('notify.other-runs')}
      </Checkbox>
      {draft.items.includes('failed') && (
        <Checkbox
          checked={draft.everyAttempt}
          onChange={({ detail }) => set({ everyAttempt: detail.checked })}
        >
          {t('notify.every-attempt')}
        </Checkbox>
      )}
      <Checkbox
        checked={draft.resendUnconfirmed}
        onChange={({ detail }) => set({ resendUnconfirmed: detail.checked })}
      >
        {t('notify.resend')}
      </Checkbox>
    </FormDialog>
  );
};
