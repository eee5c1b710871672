import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { BatchResult } from '../../../../shared/contracts/api/common.ts';
import { ProblemAlert } from '../feedback/problem-alert.tsx';
import { useT } from '../i18n/language-provider.tsx';
import { BatchOutcome } from './batch-outcome.tsx';
import { ItemList } from './item-list.tsx';

/** A row of a batch: `refusal` says why it is left out. */
export type BatchItem = {
  readonly id: string;
  readonly name: string;
  readonly refusal?: string | undefined;
};

/**
 * Shows what a batch will do before it does it: which rows take part, which not and why; afterwards the result of each.
 * The same idempotency key is used for every try of one dialog, so that a double click acts once.
 */
export const BatchDialog = ({
  action,
  items,
  options,
  canRun = true,
  danger = false,
  withComment = true,
  run,
  onClose,
}: {
  action: string;
  items: readonly BatchItem[];
  /** Fields that belong to the action. */
  options?: ReactNode;
  /** False while the fields are not filled in. */
  canRun?: boolean;
  danger?: boolean;
  /** False where the action has a field for its reason. */
  withComment?: boolean;
  run: (
    ids: string[],
    rest: { idempotencyKey: string; comment: string | undefined },
  ) => Promise<BatchResult>;
  /** `changed` tells whether anything was done. */
  onClose: (changed: boolean) => void;
}) => {
  const t = useT();
  const [comment, setComment] = useState('');
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const eligible = items.filter(({ refusal }) => refusal === undefined);
  const left = items.filter(({ refusal }) => refusal !== undefined);
  const work = useMutation({
    mutationFn: () =>
      run(
        eligible.map(({ id }) => id),
        { idempotencyKey, comment: comment || undefined },
      ),
  });
  const close = () => onClose(work.isSuccess);

  return (
    <Modal
      visible
      onDismiss={close}
      closeAriaLabel={t('common.close')}
      header={t('batch.title', { action })}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {t(work.isSuccess ? 'common.close' : 'common.cancel')}
            </Button>
            {!work.isSuccess && (
              <Button
                variant="primary"
                loading={work.isPending}
                disabled={eligible.length === 0 || !canRun}
                disabledReason={eligible.length === 0 ? t('batch.nothing') : undefined}
                onClick={() => work.mutate()}
              >
                {t('batch.run', { action, count: eligible.length })}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      {work.data ? (
        <BatchOutcome result={work.data} names={new Map(items.map(({ id, name }) => [id, name]))} />
      ) : (
        <SpaceBetween size="m">
          {work.isError && (
            <ProblemAlert error={work.error} header={t('problem.action', { action })} />
          )}
          {eligible.length > 0 ? (
            <ItemList
              title={t('batch.eligible', { count: eligible.length })}
              items={eligible.map(({ id, name }) => ({ id, text: name }))}
            />
          ) : (
            <Alert type="info">{t('batch.nothing')}</Alert>
          )}
          {left.length > 0 && (
            <ItemList
              title={t('batch.ineligible', { count: left.length })}
              items={left.map(({ id, name, refusal }) => ({ id, text: name, note: refusal }))}
            />
          )}
          {danger && eligible.length > 0 && <Alert type="warning">{t('batch.danger')}</Alert>}
          {options}
          {withComment && (
            <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
              <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
            </FormField>
          )}
        </SpaceBetween>
      )}
    </Modal>
  );
};
