import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../features/access/access.queries.ts';
import { CauseText } from '../features/incidents/cause-text.tsx';
import { IncidentActions } from '../features/incidents/incident-actions.tsx';
import { IncidentStatusText } from '../features/incidents/incident-status.tsx';
import { IncidentTimeline } from '../features/incidents/incident-timeline.tsx';
import { incidentQuery } from '../features/incidents/incidents.queries.ts';
import { MembersTable } from '../features/incidents/members-table.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { At } from '../ui/time/at.tsx';

const route = getRouteApi('/in/incidents/$incident');

/** One incident: cause, failures, what was done and whom it was told to. */
export const IncidentPage = () => {
  const t = useT();
  const may = useMay();
  const { incident } = route.useParams();
  const detail = useQuery(incidentQuery(incident));

  return (
    <Loaded query={detail}>
      {({ members: _members, steps, lastFix, ...found }) => (
        <SpaceBetween size="l">
          <Header
            variant="h1"
            actions={
              <IncidentActions incident={found} mayOperate={may('operator', found.project)} />
            }
          >
            <CauseText cause={found.cause} />
          </Header>
          <Container>
            <KeyValuePairs
              columns={4}
              items={[
                {
                  label: t('incidents.status'),
                  value: <IncidentStatusText status={found.status} />,
                },
                {
                  label: t('incidents.failures'),
                  value: t('incidents.still-open', found),
                },
                {
                  label: t('incidents.opened'),
                  value: <At at={found.openedAt} project={found.project} form="full" />,
                },
                {
                  label: t('incidents.last'),
                  value: <At at={found.lastAt} project={found.project} form="full" />,
                },
                { label: t('common.project'), value: found.project },
                { label: t('incidents.workflows'), value: found.workflows.join(', ') },
                ...(found.cause.instance
                  ? [
                      {
                        label: t('incidents.cause'),
                        value: (
                          <RouteLink
                            to="/instances/$instance"
                            params={{ instance: found.cause.instance }}
                          >
                            {[found.cause.workflow, found.cause.task].filter(Boolean).join('/')}
                          </RouteLink>
                        ),
                      },
                    ]
                  : []),
                ...(lastFix
                  ? [
                      {
                        label: t('incidents.last-fix'),
                        value: (
                          <RouteLink
                            to="/instances/$instance"
                            params={{ instance: lastFix.instance }}
                          >
                            {t('incidents.last-fix-text', lastFix)}
                            {lastFix.sameError ? '' : ` (${t('incidents.last-fix-other')})`}
                          </RouteLink>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </Container>
          <MembersTable incident={incident} count={found.failures} />
          <Container header={<Header variant="h2">{t('incidents.timeline')}</Header>}>
            <IncidentTimeline project={found.project} steps={steps} />
          </Container>
        </SpaceBetween>
      )}
    </Loaded>
  );
};
