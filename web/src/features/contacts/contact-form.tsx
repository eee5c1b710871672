import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { Contact } from '../../../../shared/domain/contact/contact.schema.ts';
import { problemOfContact } from '../../../../shared/domain/contact/problem-of-contact.ts';
import type { Language } from '../../../../shared/domain/notice/language.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import {
  errorAt,
  errorsOfIssues,
  errorsOfProblem,
  type FieldErrors,
} from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type ContactRow, useSaveContact } from './contacts.queries.ts';

type Field = keyof Contact;

/** Creates a contact, or edits one. */
export const ContactForm = ({
  contact,
  onClose,
}: {
  contact: ContactRow | undefined;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const save = useSaveContact();
  const [draft, setDraft] = useState<Partial<Record<Field, string>>>(() => ({ ...contact }));
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };

  const onSave = () => {
    const parsed = Contact.safeParse(
      Object.fromEntries(
        [...fields.map(({ field }) => field), 'language' as const].map((field) => [
          field,
          draft[field]?.trim() || undefined,
        ]),
      ),
    );
    const unreachable = parsed.success ? problemOfContact(parsed.data) : undefined;
    setInvalid({
      ...errorsOfIssues(parsed.error?.issues ?? []),
      ...(unreachable ? { email: unreachable } : {}),
    });
    if (!parsed.success || unreachable) return;
    save.mutate(
      { contact: parsed.data, rev: contact?.rev },
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
      title={contact ? t('form.edit-title', { name: contact.name }) : t('contacts.new')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      {fields.map(({ field, label, ...more }) => (
        <FormField
          key={field}
          label={t(label)}
          constraintText={'hint' in more ? t(more.hint) : undefined}
          errorText={errorAt(errors, field)}
        >
          <Input
            value={draft[field] ?? ''}
            disabled={field === 'name' && contact !== undefined}
            onChange={({ detail }) => setDraft((now) => ({ ...now, [field]: detail.value }))}
          />
        </FormField>
      ))}
      <FormField label={t('contacts.language')} errorText={errorAt(errors, 'language')}>
        <Select
          options={languages}
          selectedOption={languages.find(({ value }) => value === draft.language) ?? languages[0]}
          onChange={({ detail }) =>
            setDraft((now) => ({ ...now, language: detail.selectedOption.value }))
          }
        />
      </FormField>
    </FormDialog>
  );
};

/** Each under its own name, so that whoever reads it finds it. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '简体中文' },
] as const satisfies readonly { value: Language; label: string }[];

const fields = [
  { field: 'name', label: 'common.name' },
  { field: 'title', label: 'contacts.display' },
  { field: 'email', label: 'contacts.email', hint: 'contacts.reach-hint' },
  { field: 'phone', label: 'contacts.phone', hint: 'contacts.phone-hint' },
  { field: 'user', label: 'contacts.user', hint: 'contacts.user-hint' },
  { field: 'note', label: 'contacts.note' },
] as const satisfies readonly { field: Field; label: string; hint?: string }[];
