import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { ClearingAction } from '../../../../shared/domain/diagnosis/clearing-action.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { clearingText } from './clearing-buttons.tsx';
import { InstanceDialog } from './instance-dialog.tsx';
import { instanceQuery, type Operation, useClearing } from './instances.queries.ts';
import { RemoveUpstreamDialog } from './remove-upstream-dialog.tsx';

/** Confirms what clears a blocker: an operation on an instance, its upstreams, a task or a day. */
export const ClearingDialog = ({
  action,
  about,
  mayOperate,
  onClose,
}: {
  action: ClearingAction;
  about: { readonly id: string; readonly task: string };
  mayOperate: (project: string) => boolean;
  onClose: () => void;
}) => {
  const { target, operation } = action;
  if (target.kind !== 'instance')
    return <PlainDialog action={action} about={about.id} onClose={onClose} />;
  if (operation === 'remove-upstream')
    return (
      <RemoveUpstreamDialog
        row={about}
        {...(target.parents ? { preselected: target.parents } : {})}
        onClose={onClose}
      />
    );
  return (
    <OperationOn
      instance={target.instance}
      operation={operation as Operation}
      mayOperate={mayOperate}
      onClose={onClose}
    />
  );
};

/** An operation on an instance that is not on the page: it is read first. */
const OperationOn = ({
  instance,
  operation,
  mayOperate,
  onClose,
}: {
  instance: string;
  operation: Operation;
  mayOperate: (project: string) => boolean;
  onClose: () => void;
}) => {
  const { data } = useQuery(instanceQuery(instance));
  if (!data) return null;
  return (
    <InstanceDialog operation={operation} rows={[data]} mayOperate={mayOperate} onClose={onClose} />
  );
};

const PlainDialog = ({
  action,
  about,
  onClose,
}: {
  action: ClearingAction;
  about: string;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const clearing = useClearing();
  const text = clearingText(t, action, about);
  const { target } = action;

  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel={t('common.close')}
      header={text}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="primary"
              loading={clearing.isPending}
              onClick={() =>
                clearing.mutate(action, {
                  onSuccess: () => {
                    say({ type: 'success', header: t('clear.done', { action: text }) });
                    onClose();
                  },
                })
              }
            >
              {text}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {clearing.isError && (
          <ProblemAlert error={clearing.error} header={t('problem.action', { action: text })} />
        )}
        {target.kind === 'day' && (
          <Box>{t('clear.generate-text', { project: target.project, date: target.bizDate })}</Box>
        )}
        {target.kind === 'task' && (
          <Box>
            {t('clear.resume-text', {
              task: `${target.project}/${target.workflow}/${target.task}`,
            })}
          </Box>
        )}
      </SpaceBetween>
    </Modal>
  );
};
