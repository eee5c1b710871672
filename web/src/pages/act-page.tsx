import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ActionLinkView } from '../../../shared/contracts/api/action-link-routes.ts';
import { call } from '../api/call.ts';
import { OperationDialog } from '../features/operations/operation-dialog.tsx';
import { RerunDownstreamDialog } from '../features/operations/rerun-downstream-dialog.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { Waiting } from '../ui/feedback/waiting.tsx';
import { guard } from '../ui/form/guard.ts';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink, useGo } from '../ui/link.tsx';
import { At } from '../ui/time/at.tsx';
import { useNow } from '../ui/time/time-provider.tsx';

const route = getRouteApi('/in/act');
const snoozeMs = 4 * 3_600_000;

/**
 * Where a link of a message leads: it shows what would be done. Nothing happens before it is confirmed; confirming
 * spends the link.
 */
export const ActPage = () => {
  const t = useT();
  const { link: token } = route.useSearch();
  const opened = useQuery({
    queryKey: ['action-link', token],
    queryFn: () => call('openActionLink', { body: { token: token ?? '' } }),
    enabled: token !== undefined,
    retry: false,
    meta: { live: false },
  });

  return (
    <SpaceBetween size="l">
      <Header variant="h1">{t('act.title')}</Header>
      {token === undefined && <Alert type="warning">{t('act.missing')}</Alert>}
      {opened.isError && <ProblemAlert error={opened.error} />}
      {token !== undefined && opened.isPending && <Waiting />}
      {token !== undefined && opened.data && <Plan link={opened.data} token={token} />}
    </SpaceBetween>
  );
};

const Plan = ({ link, token }: { link: ActionLinkView; token: string }) => {
  const t = useT();
  const now = useNow();
  const { go } = useGo();
  const [planning, setPlanning] = useState(false);
  const { action, object, project, needs, allowed } = link;
  const spend = () => call('spendActionLink', { body: { token } });
  const started = (operation: string) =>
    go({ to: '/operations/$operation', params: { operation } });

  const act = useMutation({
    mutationFn: async (): Promise<unknown> => {
      await spend();
      const params = { incident: object.id };
      return action === 'snooze'
        ? call('snoozeIncident', {
            params,
            body: { until: new Date(now() + snoozeMs).toISOString() },
          })
        : call('acknowledgeIncident', { params, body: {} });
    },
  });
  const reruns = action === 'rerun' || action === 'rerun-downstream';

  return (
    <Container header={<Header variant="h2">{t(`act.about.${action}`)}</Header>}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: t('alerts.object'),
              value:
                object.kind === 'instance' ? (
                  <RouteLink to="/instances/$instance" params={{ instance: object.id }}>
                    {object.id}
                  </RouteLink>
                ) : (
                  <RouteLink to="/incidents/$incident" params={{ incident: object.id }}>
                    {object.id}
                  </RouteLink>
                ),
            },
            { label: t('common.project'), value: project },
            { label: t('act.expires'), value: <At at={link.expiresAt} form="full" /> },
          ]}
        />
        {act.isSuccess ? (
          <Alert type="success">{t('act.done')}</Alert>
        ) : (
          <Box color="text-body-secondary">{t('act.nothing-yet')}</Box>
        )}
        {act.isError && <ProblemAlert error={act.error} />}
        {!act.isSuccess && (
          <Button
            variant="primary"
            loading={act.isPending}
            {...guard(
              allowed ? undefined : t('act.not-allowed', { role: t(`role.${needs}`), project }),
            )}
            onClick={() => (reruns ? setPlanning(true) : act.mutate())}
          >
            {t(reruns ? 'act.plan' : 'act.confirm')}
          </Button>
        )}
      </SpaceBetween>
      {planning && action === 'rerun' && (
        <OperationDialog
          op="rerun"
          selection={{ ids: [object.id] }}
          beforeConfirm={spend}
          onStarted={started}
          onClose={() => setPlanning(false)}
        />
      )}
      {planning && action === 'rerun-downstream' && (
        <RerunDownstreamDialog
          instance={object.id}
          beforeConfirm={spend}
          onStarted={started}
          onClose={() => setPlanning(false)}
        />
      )}
    </Container>
  );
};
