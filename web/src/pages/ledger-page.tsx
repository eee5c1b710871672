import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Project } from '../../../shared/domain/project/project.schema.ts';
import { isHole } from '../../../shared/domain/schedule/ledger-state.ts';
import { useMay } from '../features/access/access.queries.ts';
import { GenerateDialog } from '../features/ledger/generate-dialog.tsx';
import { ledgerQuery } from '../features/ledger/ledger.queries.ts';
import { LedgerDayTable } from '../features/ledger/ledger-day.tsx';
import { LedgerTable } from '../features/ledger/ledger-table.tsx';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { useScope } from '../ui/scope.ts';
import type { LedgerSearch } from './search/schedule-search.ts';

const route = getRouteApi('/in/ledger');
const dayChoices = ['8', '14', '31'] as const;

/** Expected = created = finished for each date of a project; without one in the header the first is shown. */
export const LedgerPage = () => {
  const t = useT();
  const scope = useScope();
  const projects = useQuery(projectsQuery());

  return (
    <Loaded query={projects}>
      {(all) => {
        const project = all.find(({ name }) => name === scope.project) ?? all[0];
        return project ? (
          <LedgerOf project={project} projects={all} />
        ) : (
          <Box textAlign="center" padding="xxl">
            <Header variant="h1">{t('ledger.title')}</Header>
            <EmptyList
              text={t('home.no-projects')}
              action={<code>{t('home.no-projects-hint')}</code>}
            />
          </Box>
        );
      }}
    </Loaded>
  );
};

const LedgerOf = ({ project, projects }: { project: Project; projects: readonly Project[] }) => {
  const t = useT();
  const { env } = useScope();
  const may = useMay();
  const navigate = route.useNavigate();
  const { days = '8', bizDate } = route.useSearch();
  const [asked, setAsked] = useState<string>();
  const place = { env, project: project.name };
  const ledger = useQuery(ledgerQuery(place, Number(days)));
  const holes = (ledger.data?.items ?? []).filter(({ state }) => isHole(state));
  const show = (change: LedgerSearch & { project?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });

  return (
    <SpaceBetween size="l">
      {ledger.isError && !ledger.data && (
        <ProblemAlert error={ledger.error} onRetry={() => void ledger.refetch()} />
      )}
      {holes.length > 0 && (
        <Alert
          type="error"
          header={t('ledger.holes', { count: holes.length })}
          action={<RouteLink to="/system/health">{t('nav.health')}</RouteLink>}
        >
          {t('ledger.holes-text')}
        </Alert>
      )}
      <LedgerTable
        project={project.name}
        days={ledger.data?.items ?? []}
        loading={ledger.isPending}
        generateRefusal={
          may('operator', project.name)
            ? undefined
            : t('workflows.refusal.role', { role: t('role.operator') })
        }
        onGenerate={setAsked}
        filter={
          <SpaceBetween direction="horizontal" size="m">
            <FormField label={t('ledger.project')}>
              <Select
                selectedOption={{ value: project.name, label: project.name }}
                options={projects.map(({ name }) => ({ value: name, label: name }))}
                onChange={({ detail }) =>
                  show({ project: detail.selectedOption.value ?? '', bizDate: undefined })
                }
              />
            </FormField>
            <FormField label={t('ledger.days')}>
              <Select
                selectedOption={{
                  value: days,
                  label: t('ledger.days-text', { count: Number(days) }),
                }}
                options={dayChoices.map((value) => ({
                  value,
                  label: t('ledger.days-text', { count: Number(value) }),
                }))}
                onChange={({ detail }) => {
                  const { value } = detail.selectedOption;
                  show({ days: value === '8' ? undefined : (value as LedgerSearch['days']) });
                }}
              />
            </FormField>
          </SpaceBetween>
        }
      />
      {bizDate && <LedgerDayTable place={place} bizDate={bizDate} />}
      {asked && (
        <GenerateDialog place={place} bizDate={asked} onClose={() => setAsked(undefined)} />
      )}
    </SpaceBetween>
  );
};
