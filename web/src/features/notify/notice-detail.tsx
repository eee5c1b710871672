import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { Waiting } from '../../ui/feedback/waiting.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { At } from '../../ui/time/at.tsx';
import { NoticeStatusText } from './notice-status.tsx';
import { noticeQuery, useResend } from './sent.queries.ts';
import { useDeliveryColumns } from './use-delivery-columns.tsx';

/** One notice: what it told, to whom, what became of it, and sending it again (W36). */
export const NoticeDetail = ({
  project,
  notice,
  mayOperate,
  onClose,
}: {
  project: string;
  notice: string;
  mayOperate: boolean;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const detail = useQuery(noticeQuery(project, notice));
  const resend = useResend(project);
  const columns = useDeliveryColumns().filter(({ id }) => id !== 'rule' && id !== 'kind');
  const { data } = detail;

  return (
    <Modal
      visible
      size="max"
      header={t('notices.title')}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
      footer={
        data &&
        data.mayResend > 0 && (
          <SpaceBetween size="xs">
            <Box color="text-body-secondary">{t('notices.resend-hint')}</Box>
            <Button
              loading={resend.isPending}
              disabled={!mayOperate}
              disabledReason={t('notify.needs-operator')}
              onClick={() =>
                resend.mutate(notice, {
                  onSuccess: () => say({ type: 'success', content: t('notices.resent') }),
                })
              }
            >
              {t('notices.resend')}
            </Button>
          </SpaceBetween>
        )
      }
    >
      <SpaceBetween size="m">
        {detail.isError && <ProblemAlert error={detail.error} />}
        {resend.isError && (
          <ProblemAlert
            error={resend.error}
            header={t('problem.action', { action: t('notices.resend') })}
          />
        )}
        {detail.isPending && <Waiting />}
        {data && (
          <>
            <KeyValuePairs
              columns={4}
              items={[
                { label: t('notices.at'), value: <At at={data.notice.at} form="full" /> },
                {
                  label: t('notices.rule'),
                  value: data.notice.rule.title ?? data.notice.rule.name,
                },
                { label: t('notices.kind'), value: t(`kind.${data.notice.kind}`) },
                {
                  label: t('notices.status'),
                  value: <NoticeStatusText status={data.notice.status} />,
                },
                { label: t('notices.workflow'), value: data.notice.workflow ?? '–' },
                {
                  label: t('notices.run'),
                  value: data.notice.runId ? (
                    <RouteLink to="/runs/$run" params={{ run: data.notice.runId }}>
                      {data.notice.runId}
                    </RouteLink>
                  ) : (
                    '–'
                  ),
                },
                ...(data.notice.incident
                  ? [
                      {
                        label: t('incidents.title'),
                        value: (
                          <RouteLink
                            to="/incidents/$incident"
                            params={{ incident: data.notice.incident }}
                          >
                            {data.notice.incident}
                          </RouteLink>
                        ),
                      },
                    ]
                  : []),
                ...(data.notice.why ? [{ label: t('notices.why'), value: data.notice.why }] : []),
              ]}
            />
            <ListTable
              variant="embedded"
              headingTag="h3"
              name={t('pushes.title')}
              title={t('pushes.title')}
              columns={columns}
              items={data.deliveries}
              idOf={({ id }) => id}
              empty={<Box>{t('pushes.empty')}</Box>}
            />
            {data.contents === undefined && <Alert type="info">{t('notices.no-content')}</Alert>}
            {data.contents?.map(({ deliveries, content }) => (
              <div key={deliveries.join(' ')}>
                <Box variant="h3">{content.subject}</Box>
                <pre className="code">{content.text}</pre>
              </div>
            ))}
          </>
        )}
      </SpaceBetween>
    </Modal>
  );
};
