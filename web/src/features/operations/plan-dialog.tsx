import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { BulkOp } from '../../../../shared/domain/bulk/operation.schema.ts';
import { Waiting } from '../../ui/feedback/waiting.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import {
  type BulkRequest,
  operationQuery,
  useConfirmOperation,
  usePlanOperation,
} from './operations.queries.ts';
import { PlanView } from './plan-view.tsx';
import { isConfirmed, TypedCount } from './typed-count.tsx';

/**
 * Asks what to do, shows the plan, and lets it begin once it is confirmed: the two steps of every operation on many
 * instances. `request` is what the fields say; undefined, with the reason, while they are not filled in.
 */
export const PlanDialog = ({
  op,
  title,
  request,
  missing,
  children,
  beforeConfirm,
  onStarted,
  onClose,
}: {
  op: BulkOp;
  title: string;
  request: BulkRequest | undefined;
  missing?: string | undefined;
  /** The fields. */
  children: ReactNode;
  /** Comes first when the plan is confirmed; when it fails, nothing begins. */
  beforeConfirm?: (() => Promise<unknown>) | undefined;
  /** The server has begun to carry it out. */
  onStarted: (operation: string) => void;
  onClose: () => void;
}) => {
  const t = useT();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState('');
  const plan = usePlanOperation();
  const confirm = useConfirmOperation();
  const before = useMutation({ mutationFn: async () => beforeConfirm?.() });
  const id = plan.data?.id;
  const { data: operation, error } = useQuery({ ...operationQuery(id ?? ''), enabled: !!id });
  const total = operation?.total ?? 0;

  if (id === undefined)
    return (
      <ActionDialog
        title={title}
        action={t('operations.make-plan')}
        error={plan.error}
        working={plan.isPending}
        size="large"
        disabledReason={request ? undefined : missing}
        onAct={() => request && plan.mutate({ body: request, idempotencyKey })}
        onClose={onClose}
      >
        {children}
      </ActionDialog>
    );

  return (
    <ActionDialog
      title={title}
      action={t('operations.confirm', { op: t(`operations.op.${op}`), count: total })}
      error={before.error ?? confirm.error ?? error}
      working={before.isPending || confirm.isPending}
      size="large"
      disabledReason={
        operation?.status !== 'PLANNED'
          ? (operation?.reason ?? t('operations.planning'))
          : total === 0
            ? t('operations.nothing')
            : isConfirmed(typed, total)
              ? undefined
              : t('operations.type', { count: total })
      }
      onAct={() =>
        before.mutate(undefined, {
          onSuccess: () =>
            confirm.mutate(
              { operation: id, expectedTotal: total },
              { onSuccess: () => onStarted(id) },
            ),
        })
      }
      onClose={onClose}
    >
      {operation?.plan ? (
        <>
          <PlanView plan={operation.plan} />
          <TypedCount count={total} value={typed} onChange={setTyped} />
        </>
      ) : operation?.status === 'REFUSED' ? (
        <p>{operation.reason}</p>
      ) : (
        <>
          <p>{t('operations.planning')}</p>
          <Waiting lines={4} />
        </>
      )}
    </ActionDialog>
  );
};
