import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { InstanceRow } from '../../../shared/contracts/api/instance-view.ts';
import { isWaiting } from '../../../shared/domain/instance/lifecycle.ts';
import { useMay } from '../features/access/access.queries.ts';
import { AttemptsList } from '../features/instances/attempts-list.tsx';
import { DiagnosisPanel } from '../features/instances/diagnosis-panel.tsx';
import { InstanceActions } from '../features/instances/instance-actions.tsx';
import { InstanceDialog } from '../features/instances/instance-dialog.tsx';
import { InstanceFacts } from '../features/instances/instance-facts.tsx';
import { InstanceLog } from '../features/instances/instance-log.tsx';
import { instanceQuery, type Operation } from '../features/instances/instances.queries.ts';
import { MovesList } from '../features/instances/moves-list.tsx';
import { NeighbourhoodPanel } from '../features/instances/neighbourhood-panel.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { InstanceStatus } from '../ui/status/instance-status.tsx';

const route = getRouteApi('/in/instances/$instance');

export const InstancePage = () => {
  const { instance } = route.useParams();
  const row = useQuery(instanceQuery(instance));

  return (
    <Loaded query={row} lines={12}>
      {(data) => <InstanceDetail row={data} />}
    </Loaded>
  );
};

const InstanceDetail = ({ row }: { row: InstanceRow }) => {
  const t = useT();
  const navigate = route.useNavigate();
  const { tab = 'details', attempt, up = '1', down = '1' } = route.useSearch();
  const may = useMay();
  const mayOperate = (project: string) => may('operator', project);
  const [operation, setOperation] = useState<Operation>();

  const show = (search: { tab: string; attempt?: string; up?: string; down?: string }) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, ...search }),
      replace: true,
    });

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={row.id}
        actions={
          <InstanceActions rows={[row]} mayOperate={mayOperate} onOperation={setOperation} />
        }
      >
        {row.task}
      </Header>
      {isWaiting(row) && tab !== 'diagnosis' && (
        <Alert type="info">
          <SpaceBetween direction="horizontal" size="s">
            <InstanceStatus {...row} paused={row.paused || row.taskPaused} />
            <RouteLink
              to="/instances/$instance"
              params={{ instance: row.id }}
              search={{ tab: 'diagnosis' }}
            >
              {t('instance.waits-why')}
            </RouteLink>
          </SpaceBetween>
        </Alert>
      )}
      <Tabs
        ariaLabel={row.task}
        activeTabId={tab}
        onChange={({ detail }) => show({ tab: detail.activeTabId })}
        tabs={[
          {
            id: 'details',
            label: t('instance.tab.details'),
            content: (
              <Container>
                <InstanceFacts row={row} />
              </Container>
            ),
          },
          {
            id: 'attempts',
            label: t('instance.tab.attempts'),
            content: (
              <AttemptsList
                row={row}
                onLog={(number) => show({ tab: 'log', attempt: String(number) })}
              />
            ),
          },
          {
            id: 'log',
            label: t('instance.tab.log'),
            content: (
              <InstanceLog
                row={row}
                attempt={attempt ? Number(attempt) : undefined}
                onAttempt={(number) =>
                  show({ tab: 'log', ...(number !== undefined && { attempt: String(number) }) })
                }
              />
            ),
          },
          {
            id: 'diagnosis',
            label: t('instance.tab.diagnosis'),
            content: <DiagnosisPanel row={row} />,
          },
          {
            id: 'dag',
            label: t('instance.tab.dag'),
            content: (
              <NeighbourhoodPanel
                row={row}
                up={levelOf(up)}
                down={levelOf(down)}
                onLevels={(above, below) =>
                  show({ tab: 'dag', up: String(above), down: String(below) })
                }
              />
            ),
          },
          {
            id: 'moves',
            label: t('instance.tab.moves'),
            content: <MovesList instance={row.id} project={row.project} />,
          },
        ]}
      />
      {operation && (
        <InstanceDialog
          operation={operation}
          rows={[row]}
          mayOperate={mayOperate}
          onClose={() => setOperation(undefined)}
        />
      )}
    </SpaceBetween>
  );
};

/** A level of the address: 0 to 10, else 1. */
const levelOf = (text: string): number => {
  const level = Number(text);
  return Number.isInteger(level) && level >= 0 && level <= 10 ? level : 1;
};
