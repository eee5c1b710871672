import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import { type RetryAllProgress, retryAll } from '../../../../shared/contracts/client/retry-all.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ItemList } from '../../ui/list/item-list.tsx';
import { hasReason, nothingAsked, RetryFields } from './retry-fields.tsx';

type RunsFilter = Omit<NonNullable<CallInput<Routes['listRuns']>['query']>, 'cursor' | 'limit'>;

const pageSize = 100;

/** Retries all failed runs of a filter, page by page, with progress and a way to stop. */
export const RetryAllDialog = ({
  filter,
  onClose,
}: {
  filter: RunsFilter;
  onClose: () => void;
}) => {
  const t = useT();
  const client = useQueryClient();
  const [asked, setAsked] = useState(nothingAsked);
  const [progress, setProgress] = useState<RetryAllProgress>();
  const stopped = useRef(false);
  const [key] = useState(() => crypto.randomUUID());
  const work = useMutation({
    mutationFn: () => {
      stopped.current = false;
      return retryAll({
        key,
        find: (cursor) =>
          call('listRuns', { query: { ...filter, retryable: 'true', limit: pageSize, cursor } }),
        send: (ids, idempotencyKey) =>
          call('batchRuns', {
            body: { op: 'retry', ids, comment: asked.reason, version: asked.version },
            idempotencyKey,
          }),
        onProgress: setProgress,
        isStopped: () => stopped.current,
      });
    },
    onSettled: () => client.invalidateQueries(),
  });
  const close = () => {
    stopped.current = true;
    onClose();
  };

  return (
    <Modal
      visible
      header={t('retry.all-title')}
      closeAriaLabel={t('common.close')}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {work.isPending ? (
              <Button
                onClick={() => {
                  stopped.current = true;
                }}
              >
                {t('retry.all-stop')}
              </Button>
            ) : (
              <Button variant="link" onClick={close}>
                {t(work.isSuccess ? 'common.close' : 'common.cancel')}
              </Button>
            )}
            {!work.isSuccess && (
              <Button
                variant="primary"
                loading={work.isPending}
                disabled={!hasReason(asked)}
                disabledReason={t('retry.no-reason')}
                onClick={() => work.mutate()}
              >
                {t('retry.retry')}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {!work.isPending && !work.isSuccess && (
          <>
            <Box color="text-body-secondary">{t('retry.all-what')}</Box>
            <RetryFields asked={asked} onChange={setAsked} />
          </>
        )}
        {progress && (
          <SpaceBetween size="xs">
            <StatusIndicator type={work.isPending ? 'in-progress' : 'success'}>
              {t('retry.all-progress', {
                done: progress.done,
                skipped: progress.skipped,
                failed: progress.refused.length,
              })}
            </StatusIndicator>
            {progress.searchedTo && (
              <Box variant="small">{t('retry.all-looking', { place: progress.searchedTo })}</Box>
            )}
            {progress.refused.length > 0 && (
              <ItemList
                title={t('retry.refused')}
                items={progress.refused.map(({ id, error }) => ({ id, text: id, note: error }))}
              />
            )}
          </SpaceBetween>
        )}
        {work.isSuccess && (
          <Alert type={stopped.current ? 'warning' : 'success'}>
            {t(stopped.current ? 'retry.all-stopped' : 'retry.all-done')}
          </Alert>
        )}
        {work.isError && (
          <ProblemAlert
            error={work.error}
            header={t('problem.action', { action: t('retry.retry') })}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
};
