import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../feedback/problem-alert.tsx';
import { useT } from '../i18n/language-provider.tsx';

/** Asks before something is done: what follows from it, an action with its own name, and what the API refused. */
export const ActionDialog = ({
  title,
  action,
  error,
  working,
  disabledReason,
  size,
  onAct,
  onClose,
  children,
}: {
  title: string;
  action: string;
  error: unknown;
  working: boolean;
  disabledReason?: string | undefined;
  size?: 'medium' | 'large';
  onAct: () => void;
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
      {...(size && { size })}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="primary"
              loading={working}
              disabled={disabledReason !== undefined}
              disabledReason={disabledReason}
              onClick={onAct}
            >
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (disabledReason === undefined && !working) onAct();
        }}
      >
        <SpaceBetween size="m">
          {children}
          {error != null && <ProblemAlert error={error} header={t('problem.action', { action })} />}
        </SpaceBetween>
      </form>
    </Modal>
  );
};
