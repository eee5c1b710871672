import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { WorkflowRow } from '../../../shared/contracts/api/workflow-routes.ts';
import { useMay } from '../features/access/access.queries.ts';
import { RunDialog } from '../features/runs/run-dialog.tsx';
import { runQuery } from '../features/runs/runs.queries.ts';
import { TicksList } from '../features/schedule/ticks-list.tsx';
import type { TickOperation } from '../features/schedule/use-tick-columns.tsx';
import { WorkflowChooser } from '../features/schedule/workflow-chooser.tsx';
import { type WorkflowAction, workflowRefusal } from '../features/workflows/batch-refusal.ts';
import { SchedulePreview } from '../features/workflows/schedule-preview.tsx';
import { WorkflowDialog } from '../features/workflows/workflow-dialog.tsx';
import { workflowQuery } from '../features/workflows/workflows.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink, useGo } from '../ui/link.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { useScope } from '../ui/scope.ts';

const route = getRouteApi('/in/schedule/$project/$workflow');

/** The page asks for a workflow first (W64). */
export const ChooseScheduledPage = () => {
  const t = useT();
  return (
    <Frame>
      <Box textAlign="center" padding="xxl">
        <EmptyList text={t('ticks.choose')} />
      </Box>
    </Frame>
  );
};

/** What became of each tick of one workflow, and what can be done about it (workflows-and-logs B1.5). */
export const ScheduledWorkflowPage = () => {
  const t = useT();
  const { project, workflow } = route.useParams();
  const { env } = useScope();
  const place = { env, project, workflow };
  const { env: _env, project: _project, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const row = useQuery(workflowQuery(place));
  const [action, setAction] = useState<WorkflowAction>();
  const [showsNext, setShowsNext] = useState(false);
  const [operated, setOperated] = useState<{ run: string; operation: TickOperation }>();

  return (
    <Frame chosen={place}>
      <Loaded query={row}>
        {(data) => (
          <SpaceBetween size="l">
            <TicksList
              place={place}
              filters={filters}
              onFilters={(next) =>
                void navigate({
                  search: (before) => ({ env: before.env, project: before.project, ...next }),
                  replace: true,
                })
              }
              onOperate={(run, operation) => setOperated({ run, operation })}
              actions={<ScheduleActions row={data} onAction={setAction} />}
              unscheduled={
                <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
                  {t('ticks.open-workflow')}
                </RouteLink>
              }
            />
            {data.state.timing === 'ON' && <Alert type="info">{t('ticks.pause-hint')}</Alert>}
            {data.schedule && (
              <ExpandableSection
                headerText={t('ticks.next')}
                variant="container"
                expanded={showsNext}
                onChange={({ detail }) => setShowsNext(detail.expanded)}
              >
                {showsNext && <SchedulePreview workflow={place} count={10} />}
              </ExpandableSection>
            )}
            {action && (
              <WorkflowDialog
                action={action}
                rows={[data]}
                env={env}
                may={may}
                onClose={() => setAction(undefined)}
              />
            )}
          </SpaceBetween>
        )}
      </Loaded>
      {operated && <OperateRun {...operated} onClose={() => setOperated(undefined)} />}
    </Frame>
  );
};

const Frame = ({
  chosen,
  children,
}: {
  chosen?: { readonly project: string; readonly workflow: string };
  children: ReactNode;
}) => {
  const t = useT();
  const { env, project } = useScope();
  const { go } = useGo();

  return (
    <SpaceBetween size="l">
      <Header variant="h1">{t('ticks.title')}</Header>
      <FormField label={t('ticks.choose-label')}>
        <WorkflowChooser
          env={env}
          project={project}
          chosen={chosen}
          onChoose={(params) => go({ to: '/schedule/$project/$workflow', params })}
        />
      </FormField>
      {children}
    </SpaceBetween>
  );
};

/** Run now, and pause or resume the schedule; off with the reason. */
const ScheduleActions = ({
  row,
  onAction,
}: {
  row: WorkflowRow;
  onAction: (action: WorkflowAction) => void;
}) => {
  const t = useT();
  const timing = row.state.timing === 'ON' ? 'timing-off' : 'timing-on';
  const button = (action: WorkflowAction, text: string) => {
    const refusal = workflowRefusal(row, action);
    return (
      <Button
        disabled={refusal !== undefined}
        disabledReason={refusal && t(`workflows.refusal.${refusal}`)}
        onClick={() => onAction(action)}
      >
        {text}
      </Button>
    );
  };

  return (
    <SpaceBetween direction="horizontal" size="xs">
      {button('start', t('ticks.run-now'))}
      {button(timing, t(timing === 'timing-off' ? 'ticks.pause' : 'ticks.resume'))}
    </SpaceBetween>
  );
};

const OperateRun = ({
  run,
  operation,
  onClose,
}: {
  run: string;
  operation: TickOperation;
  onClose: () => void;
}) => {
  const may = useMay();
  const view = useQuery(runQuery(run));
  if (!view.data) return null;
  return <RunDialog operation={operation} rows={[view.data]} may={may} onClose={onClose} />;
};
