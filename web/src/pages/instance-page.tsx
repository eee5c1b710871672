import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { InstanceDetail as InstanceView } from '../../../shared/contracts/api/instance-view.ts';
import type { ClearingAction } from '../../../shared/domain/diagnosis/clearing-action.schema.ts';
import { isWaiting } from '../../../shared/domain/instance/lifecycle.ts';
import { useMay } from '../features/access/access.queries.ts';
import { RunbookPanel } from '../features/handover/runbook-panel.tsx';
import { AttemptsList } from '../features/instances/attempts-list.tsx';
import { ClearingDialog } from '../features/instances/clearing-dialog.tsx';
import { DiagnosisPanel } from '../features/instances/diagnosis-panel.tsx';
import { InstanceActions, type PageAction } from '../features/instances/instance-actions.tsx';
import { InstanceBars } from '../features/instances/instance-bars.tsx';
import { InstanceDialog } from '../features/instances/instance-dialog.tsx';
import { InstanceFacts } from '../features/instances/instance-facts.tsx';
import { InstanceLog } from '../features/instances/instance-log.tsx';
import { instanceQuery, type Operation } from '../features/instances/instances.queries.ts';
import { MovesList } from '../features/instances/moves-list.tsx';
import { NeighbourhoodPanel } from '../features/instances/neighbourhood-panel.tsx';
import { poolPage } from '../features/instances/pool-page.ts';
import { RemoveUpstreamDialog } from '../features/instances/remove-upstream-dialog.tsx';
import { useRefusalText } from '../features/instances/use-refusal-text.ts';
import { RerunDownstreamDialog } from '../features/operations/rerun-downstream-dialog.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink, useGo } from '../ui/link.tsx';
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

const InstanceDetail = ({ row }: { row: InstanceView }) => {
  const t = useT();
  const navigate = route.useNavigate();
  const { tab = 'details', attempt, up = '1', down = '1' } = route.useSearch();
  const may = useMay();
  const mayOperate = (project: string) => may('operator', project);
  const { go } = useGo();
  const refusalText = useRefusalText(mayOperate);
  const [operation, setOperation] = useState<Operation>();
  const [open, setOpen] = useState<'remove-upstream' | 'rerun-downstream'>();
  const [clearing, setClearing] = useState<ClearingAction>();

  // Both follow edges, and a one-time instance has none.
  const more: readonly PageAction[] = row.oneTime
    ? []
    : [
        {
          id: 'remove-upstream',
          text: t('move.remove-upstream'),
          reason: refusalText(row, 'remove-upstream'),
          open: () => setOpen('remove-upstream'),
        },
        {
          id: 'rerun-downstream',
          text: t('operations.op.rerun-downstream'),
          reason: mayOperate(row.project)
            ? undefined
            : t('workflows.refusal.role', { role: t('role.operator') }),
          open: () => setOpen('rerun-downstream'),
        },
      ];
  const clear = (action: ClearingAction) => {
    const { target } = action;
    if (target.kind === 'pool') go({ to: poolPage(target.pool), search: { pool: target.pool } });
    else if (target.kind === 'hold') go({ to: '/holds', search: { hold: target.hold } });
    else setClearing(action);
  };
  // One-time instances stand alone: an address with such a tab leads to the first one.
  const shown = row.oneTime && (tab === 'diagnosis' || tab === 'dag') ? 'details' : tab;
  const show = (search: { tab: string; attempt?: string; up?: string; down?: string }) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, ...search }),
      replace: true,
    });

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={<span className="breakable">{row.id}</span>}
        actions={
          <InstanceActions
            target={[row]}
            mayOperate={mayOperate}
            onOperation={setOperation}
            more={more}
          />
        }
      >
        {row.task}
      </Header>
      <InstanceBars row={row} mayOperate={mayOperate} onOperation={setOperation} />
      {isWaiting(row) && !row.oneTime && shown !== 'diagnosis' && (
        <Alert type="info">
          <SpaceBetween direction="horizontal" size="s">
            <InstanceStatus {...row} />
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
        activeTabId={shown}
        onChange={({ detail }) => show({ tab: detail.activeTabId })}
        tabs={[
          {
            id: 'details',
            label: t('instance.tab.details'),
            content: (
              <SpaceBetween size="l">
                <Container>
                  <InstanceFacts row={row} />
                </Container>
                {row.status === 'FAILED' && may('operator', row.project) && (
                  <RunbookPanel instance={row.id} />
                )}
              </SpaceBetween>
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
          ...(row.oneTime
            ? []
            : [
                {
                  id: 'diagnosis',
                  label: t('instance.tab.diagnosis'),
                  content: <DiagnosisPanel row={row} onAction={clear} />,
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
              ]),
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
      {open === 'remove-upstream' && (
        <RemoveUpstreamDialog row={row} onClose={() => setOpen(undefined)} />
      )}
      {open === 'rerun-downstream' && (
        <RerunDownstreamDialog
          instance={row.id}
          onStarted={(started) =>
            go({ to: '/operations/$operation', params: { operation: started } })
          }
          onClose={() => setOpen(undefined)}
        />
      )}
      {clearing && (
        <ClearingDialog
          action={clearing}
          about={row}
          mayOperate={mayOperate}
          onClose={() => setClearing(undefined)}
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
