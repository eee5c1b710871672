import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { DeleteDialog } from '../../ui/form/delete-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type PoolKind, poolsQuery, useDeletePool } from './pools.queries.ts';

export type Doomed = { readonly kind: PoolKind; readonly name: string; readonly rev: number };

/** Deletes a rule or a group; warns when instances wait for it. */
export const DeletePool = ({
  pool,
  env,
  onClose,
}: {
  pool: Doomed;
  env: Env;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const remove = useDeletePool();
  const use = useQuery(poolsQuery(env));
  const { name, kind } = pool;
  const id = kind === 'rule' ? `throttle:${name}` : `group:${name}`;
  const waiting = use.data?.items.find((each) => each.pool.id === id)?.waiting.count ?? 0;

  return (
    <DeleteDialog
      name={name}
      error={remove.error}
      deleting={remove.isPending}
      onClose={onClose}
      onDelete={() =>
        remove.mutate(pool, {
          onSuccess: () => {
            say({ type: 'success', content: t('form.deleted', { name }) });
            onClose();
          },
        })
      }
    >
      <Box>{t(kind === 'rule' ? 'throttling.delete-text' : 'groups.delete-text')}</Box>
      {waiting > 0 && (
        <Alert type="warning">{t('throttling.delete-waiting', { count: waiting })}</Alert>
      )}
    </DeleteDialog>
  );
};
