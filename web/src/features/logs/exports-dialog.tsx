import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useMutation, useQuery } from '@tanstack/react-query';
import { exportAtOnce } from '../../../../shared/domain/log/log-export.schema.ts';
import { call } from '../../api/call.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { logExportsQuery } from './logs.queries.ts';

const looks = {
  REQUESTED: 'pending',
  RUNNING: 'in-progress',
  DONE: 'success',
  FAILED: 'error',
} as const;

/** Exports that run in the background, with the link to their file when they are ready. */
export const ExportsDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useT();
  const say = useSay();
  const list = useQuery({ ...logExportsQuery(), refetchInterval: 2_000 });
  // Links hold for some minutes only, so they are asked for when they are wanted.
  const open = useMutation({
    mutationFn: ({ id }: { readonly id: string; readonly file: string }) =>
      call('getLogExport', { params: { export: id } }),
    onSuccess: ({ files }, { file }) => {
      const found = files.find(({ name }) => name === file);
      if (found) window.location.assign(found.url);
    },
    onError: (error) => say({ type: 'error', content: error.message }),
  });

  return (
    <Modal
      visible
      size="large"
      header={t('logs.export.jobs')}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
    >
      {list.isError && <ProblemAlert error={list.error} />}
      <Table
        variant="embedded"
        items={[...(list.data?.items ?? [])]}
        loading={list.isPending}
        loadingText={t('common.loading')}
        trackBy="id"
        ariaLabels={{ tableLabel: t('logs.export.jobs') }}
        empty={<Box>{t('logs.exports.empty', { most: exportAtOnce })}</Box>}
        columnDefinitions={[
          {
            id: 'at',
            header: t('logs.exports.asked'),
            cell: ({ at }) => <At at={at} form="full" />,
          },
          { id: 'format', header: t('logs.exports.format'), cell: ({ format }) => format },
          { id: 'rows', header: t('logs.exports.rows'), cell: ({ rows }) => rows },
          {
            id: 'status',
            header: t('logs.exports.status'),
            cell: ({ status, error }) => (
              <StatusIndicator type={looks[status]}>
                {t(`logs.exports.status.${status}`)} {error}
              </StatusIndicator>
            ),
          },
          {
            id: 'link',
            header: t('logs.exports.link'),
            cell: ({ id, files }) =>
              files.map(({ name, rows }) => (
                <Button
                  key={name}
                  variant="inline-link"
                  ariaLabel={`${t('logs.exports.link')}: ${name}`}
                  onClick={() => open.mutate({ id, file: name })}
                >
                  {`${name} (${rows})`}
                </Button>
              )),
          },
        ]}
      />
    </Modal>
  );
};
