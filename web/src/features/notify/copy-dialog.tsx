import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { NotificationRuleView } from '../../../../shared/contracts/api/notification-routes.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { errorAt, errorsOfProblem } from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useCopyNotification } from './notify.queries.ts';

/** The same notification under another name. */
export const CopyDialog = ({
  rule,
  onClose,
}: {
  rule: NotificationRuleView;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const copy = useCopyNotification();
  const [name, setName] = useState(t('notify.copy-of', { name: rule.name }).slice(0, 64));

  return (
    <FormDialog
      title={t('notify.copy')}
      error={copy.error}
      saving={copy.isPending}
      onSave={() =>
        copy.mutate(
          { rule, name },
          {
            onSuccess: () => {
              say({ type: 'success', content: t('form.saved', { name }) });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <FormField label={t('common.name')} errorText={errorAt(errorsOfProblem(copy.error), 'name')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </FormDialog>
  );
};
