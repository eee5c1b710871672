import Box from '@cloudscape-design/components/box';
import { useSay } from '../../ui/feedback/notices.tsx';
import { DeleteDialog } from '../../ui/form/delete-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type ContactRow, useDeleteContact } from './contacts.queries.ts';

export const DeleteContact = ({
  contact,
  onClose,
}: {
  contact: ContactRow;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const remove = useDeleteContact();
  const { name } = contact;

  return (
    <DeleteDialog
      name={name}
      error={remove.error}
      deleting={remove.isPending}
      onClose={onClose}
      onDelete={() =>
        remove.mutate(contact, {
          onSuccess: () => {
            say({ type: 'success', content: t('form.deleted', { name }) });
            onClose();
          },
        })
      }
    >
      <Box>{t('contacts.delete-text')}</Box>
    </DeleteDialog>
  );
};
