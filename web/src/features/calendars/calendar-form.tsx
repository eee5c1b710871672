import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { Calendar } from '../../../../shared/domain/calendar/calendar.schema.ts';
import {
  errorAt,
  errorsOfIssues,
  errorsOfProblem,
  type FieldErrors,
} from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useSaveCalendar } from './calendars.queries.ts';

/** Creates a calendar: Monday to Friday, without holidays yet. */
export const CalendarForm = ({
  onCreated,
  onClose,
}: {
  onCreated: (name: string) => void;
  onClose: () => void;
}) => {
  const t = useT();
  const save = useSaveCalendar();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };

  const onSave = () => {
    const parsed = Calendar.safeParse({
      name: name.trim(),
      kind: 'workdays',
      description: description || undefined,
    });
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    save.mutate(
      { calendar: parsed.data, rev: undefined },
      { onSuccess: () => onCreated(parsed.data.name) },
    );
  };

  return (
    <FormDialog
      title={t('calendars.new')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      <FormField label={t('common.name')} errorText={errorAt(errors, 'name')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label={t('common.description')} errorText={errorAt(errors, 'description')}>
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
    </FormDialog>
  );
};
