import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import {
  type Letter,
  type LetterAction,
  type QueueName,
  useHandleLetters,
} from './events.queries.ts';

/** Asks before messages are put again or thrown away, and says what became of each. */
export const HandleLetters = ({
  queue,
  action,
  letters,
  onClose,
}: {
  queue: QueueName;
  action: LetterAction;
  letters: readonly Letter[];
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const [comment, setComment] = useState('');
  const handle = useHandleLetters(queue, action);

  return (
    <ActionDialog
      title={t(`letters.${action}-title`, { count: letters.length })}
      action={t(`letters.${action}`)}
      error={handle.error}
      working={handle.isPending}
      onClose={onClose}
      onAct={() =>
        handle.mutate(
          { ids: letters.map(({ id }) => id), comment },
          {
            onSuccess: ({ done, failed }) => {
              const [first] = failed;
              if (done.length > 0)
                say({ type: 'success', content: t('letters.done', { count: done.length }) });
              if (first)
                say({
                  type: 'error',
                  content: t('letters.failed', { count: failed.length, error: first.error }),
                });
              onClose();
            },
          },
        )
      }
    >
      <Box>{t(`letters.${action}-text`)}</Box>
      <FormField label={t('letters.comment')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </ActionDialog>
  );
};
