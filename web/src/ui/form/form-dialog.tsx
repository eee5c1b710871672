import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../feedback/problem-alert.tsx';
import { useT } from '../i18n/language-provider.tsx';

/** The frame of a form in a dialog: title, fields, what the API refused, save and cancel. */
export const FormDialog = ({
  title,
  error,
  saving,
  onSave,
  onClose,
  children,
}: {
  title: string;
  error: unknown;
  saving: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}) => {
  const t = useT();

  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button variant="primary" loading={saving} onClick={onSave}>
              {t('common.save')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        <SpaceBetween size="m">
          {children}
          {error != null && (
            <ProblemAlert
              error={error}
              header={t('problem.action', { action: t('common.save') })}
            />
          )}
        </SpaceBetween>
      </form>
    </Modal>
  );
};
