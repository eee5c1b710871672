import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type * as z from 'zod';
import type { ResourceGroupView } from '../../../../shared/contracts/api/pool-routes.ts';
import { ResourceGroup } from '../../../../shared/domain/pool/pool.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import {
  errorAt,
  errorsOfIssues,
  errorsOfProblem,
  type FieldErrors,
} from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useSaveGroup } from './pools.queries.ts';

export type GroupRow = z.infer<typeof ResourceGroupView>;

/** Creates a resource group, or edits one. */
export const GroupForm = ({
  group,
  onClose,
}: {
  group: GroupRow | undefined;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const save = useSaveGroup();
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [slots, setSlots] = useState(String(group?.slots ?? ''));
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };

  const onSave = () => {
    const parsed = ResourceGroup.safeParse({
      name: name.trim(),
      description: description || undefined,
      slots: slots === '' ? undefined : Number(slots),
    });
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    save.mutate(
      { group: parsed.data, rev: group?.rev },
      {
        onSuccess: () => {
          say({ type: 'success', content: t('form.saved', { name }) });
          onClose();
        },
      },
    );
  };

  return (
    <FormDialog
      title={group ? t('form.edit-title', { name: group.name }) : t('pools.new-group')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      <FormField label={t('common.name')} errorText={errorAt(errors, 'name')}>
        <Input
          value={name}
          disabled={group !== undefined}
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <FormField label={t('common.description')} errorText={errorAt(errors, 'description')}>
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
      <FormField
        label={t('pools.slots')}
        constraintText={t('pools.slots-hint')}
        errorText={errorAt(errors, 'slots')}
      >
        <Input
          type="number"
          inputMode="numeric"
          value={slots}
          onChange={({ detail }) => setSlots(detail.value)}
        />
      </FormField>
    </FormDialog>
  );
};
