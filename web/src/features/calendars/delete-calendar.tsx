import Box from '@cloudscape-design/components/box';
import { useSay } from '../../ui/feedback/notices.tsx';
import { DeleteDialog } from '../../ui/form/delete-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type CalendarRow, useDeleteCalendar } from './calendars.queries.ts';

export const DeleteCalendar = ({
  calendar,
  onClose,
}: {
  calendar: CalendarRow;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const remove = useDeleteCalendar();
  const { name } = calendar;

  return (
    <DeleteDialog
      name={name}
      error={remove.error}
      deleting={remove.isPending}
      onClose={onClose}
      onDelete={() =>
        remove.mutate(calendar, {
          onSuccess: () => {
            say({ type: 'success', content: t('form.deleted', { name }) });
            onClose();
          },
        })
      }
    >
      <Box>{t('calendars.delete-text')}</Box>
    </DeleteDialog>
  );
};
