import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../feedback/problem-alert.tsx';
import { useT } from '../i18n/language-provider.tsx';

/** Asks before something is deleted, and says what follows from it; a refusal stays in the dialog. */
export const DeleteDialog = ({
  name,
  error,
  deleting,
  onDelete,
  onClose,
  children,
}: {
  name: string;
  error: unknown;
  deleting: boolean;
  onDelete: () => void;
  onClose: () => void;
  children: ReactNode;
}) => {
  const t = useT();

  return (
    <Modal
      visible
      header={t('form.delete-title', { name })}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button variant="primary" loading={deleting} onClick={onDelete}>
              {t('common.delete')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {children}
        {error != null && (
          <ProblemAlert
            error={error}
            header={t('problem.action', { action: t('common.delete') })}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
};
