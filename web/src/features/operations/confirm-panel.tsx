import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { OperationDetail } from '../../../../shared/contracts/api/operation-routes.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { useNow } from '../../ui/time/time-provider.tsx';
import { useConfirmOperation } from './operations.queries.ts';
import { isConfirmed, TypedCount } from './typed-count.tsx';

/** Lets whoever planned an operation confirm it on its page. */
export const ConfirmPanel = ({ operation, me }: { operation: OperationDetail; me: string }) => {
  const t = useT();
  const now = useNow();
  const [typed, setTyped] = useState('');
  const confirm = useConfirmOperation();
  const { id, op, total, actor, planExpiresAt } = operation;
  const action = t('operations.confirm', { op: t(`operations.op.${op}`), count: total });
  const late = planExpiresAt !== undefined && Date.parse(planExpiresAt) <= now();

  const reason =
    actor !== me
      ? t('operations.not-yours', { actor })
      : late
        ? t('operations.plan-again')
        : total === 0
          ? t('operations.nothing')
          : isConfirmed(typed, total)
            ? undefined
            : t('operations.type', { count: total });

  return (
    <Alert type={late ? 'warning' : 'info'} header={t('operations.state.PLANNED')}>
      <SpaceBetween size="s">
        {late ? (
          t('operations.plan-again')
        ) : (
          <span>
            {t('operations.plan-until')} <At at={planExpiresAt} />
          </span>
        )}
        {actor !== me && <span>{t('operations.not-yours', { actor })}</span>}
        {!late && actor === me && <TypedCount count={total} value={typed} onChange={setTyped} />}
        <Button
          variant="primary"
          {...guard(reason)}
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ operation: id, expectedTotal: total })}
        >
          {action}
        </Button>
        {confirm.isError && (
          <ProblemAlert error={confirm.error} header={t('problem.action', { action })} />
        )}
      </SpaceBetween>
    </Alert>
  );
};
