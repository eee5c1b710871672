import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type PoolKind, useDeletePool } from './pools.queries.ts';

export type Doomed = { readonly kind: PoolKind; readonly name: string; readonly rev: number };

export const DeleteDialog = ({ pool, onClose }: { pool: Doomed; onClose: () => void }) => {
  const t = useT();
  const say = useSay();
  const remove = useDeletePool();
  const { name } = pool;

  return (
    <Modal
      visible
      header={t('pools.delete-title', { name })}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="primary"
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(pool, {
                  onSuccess: () => {
                    say({ type: 'success', content: t('pools.deleted', { name }) });
                    onClose();
                  },
                })
              }
            >
              {t('common.delete')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{t('pools.delete-text')}</Box>
        {remove.isError && (
          <ProblemAlert
            error={remove.error}
            header={t('problem.action', { action: t('common.delete') })}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
};
