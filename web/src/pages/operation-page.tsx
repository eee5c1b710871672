import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ItemState, type OperationDetail } from '../../../shared/contracts/api/operation-routes.ts';
import { meQuery } from '../features/access/access.queries.ts';
import { ConfirmPanel } from '../features/operations/confirm-panel.tsx';
import { OperationActions } from '../features/operations/operation-actions.tsx';
import { OperationFacts } from '../features/operations/operation-facts.tsx';
import { OperationItems } from '../features/operations/operation-items.tsx';
import {
  operationQuery,
  useAbortOperation,
  useFollowOperation,
} from '../features/operations/operations.queries.ts';
import { PlanView } from '../features/operations/plan-view.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { ActionDialog } from '../ui/form/action-dialog.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';

const route = getRouteApi('/in/operations/$operation');

export const OperationPage = () => {
  const { operation } = route.useParams();
  const query = useQuery(operationQuery(operation));

  return (
    <Loaded query={query} lines={12}>
      {(data) => <OperationView key={data.id} operation={data} />}
    </Loaded>
  );
};

/** One operation: its plan while it waits for a confirmation, then its progress and the result of each instance. */
const OperationView = ({ operation }: { operation: OperationDetail }) => {
  const t = useT();
  const navigate = route.useNavigate();
  const { result } = route.useSearch();
  const me = useQuery(meQuery());
  const follow = useFollowOperation();
  const [aborting, setAborting] = useState(false);
  const { id, op, status, plan, done, reason } = operation;
  const name = t(`operations.op.${op}`);

  const onFollow = (how: 'retry' | 'undo') =>
    follow.mutate(
      { operation: id, how },
      {
        onSuccess: (next) => void navigate({ to: '.', params: { operation: next.id }, search: {} }),
      },
    );

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          <OperationActions
            operation={operation}
            working={follow.isPending}
            onAbort={() => setAborting(true)}
            onFollow={onFollow}
          />
        }
      >
        {t('operations.heading', { op: name, id })}
      </Header>
      {follow.isError && <ProblemAlert error={follow.error} />}
      {status === 'PLANNING' && <Alert type="info">{t('operations.planning')}</Alert>}
      {reason && <Alert type={status === 'REFUSED' ? 'error' : 'warning'}>{reason}</Alert>}
      {status === 'PLANNED' && <ConfirmPanel operation={operation} me={me.data?.user ?? ''} />}
      <OperationFacts operation={operation} />
      {plan && (
        <Container header={<Header variant="h2">{t('operations.plan')}</Header>}>
          <PlanView plan={plan} />
        </Container>
      )}
      {plan && (
        <OperationItems
          operation={id}
          progress={done}
          result={ItemState.options.find((each) => each === result)}
          onResult={(next) =>
            void navigate({ search: (before) => ({ ...before, result: next }), replace: true })
          }
        />
      )}
      {aborting && <AbortDialog operation={operation} onClose={() => setAborting(false)} />}
    </SpaceBetween>
  );
};

const AbortDialog = ({
  operation,
  onClose,
}: {
  operation: OperationDetail;
  onClose: () => void;
}) => {
  const t = useT();
  const abort = useAbortOperation();
  const [comment, setComment] = useState('');

  return (
    <ActionDialog
      title={t('operations.abort')}
      action={t('operations.abort')}
      error={abort.error}
      working={abort.isPending}
      onAct={() =>
        abort.mutate(
          { operation: operation.id, comment: comment.trim() || undefined },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>{t('operations.abort-text')}</p>
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </ActionDialog>
  );
};
