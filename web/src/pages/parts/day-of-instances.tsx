import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { meQuery, useMay } from '../../features/access/access.queries.ts';
import { InstancesList } from '../../features/instances/instances-list.tsx';
import { projectsQuery } from '../../features/projects/projects.queries.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { useScope } from '../../ui/scope.ts';
import { dayIn } from '../../ui/time/format.ts';
import { useNow } from '../../ui/time/time-provider.tsx';
import type { InstancesSearch } from '../search/instances-search.ts';

/**
 * A list of the instances of one project and business date, all of it in the address. Without a project in the header
 * the first one is shown; without a date yesterday of its zone, the business date that runs today.
 */
export const DayOfInstances = ({
  from,
  family,
  title,
}: {
  from: '/in/instances' | '/in/instances/manual';
  family: 'recurring' | 'manual';
  title: string;
}) => {
  const t = useT();
  const now = useNow();
  const scope = useScope();
  const may = useMay();
  const navigate = useNavigate();
  const { env: _env, project: _project, bizDate, ...filters } = useSearch({ from });
  const me = useQuery(meQuery());
  const projects = useQuery(projectsQuery());

  const search = (next: InstancesSearch & { project?: string | undefined }) =>
    void navigate({
      to: '.',
      search: (before) => ({ env: before.env, project: before.project, bizDate, ...next }),
      replace: true,
    });

  return (
    <Loaded query={projects}>
      {(all) => {
        const project = all.find(({ name }) => name === scope.project) ?? all[0];
        if (!project)
          return (
            <Box textAlign="center" padding="xxl">
              <Header variant="h1">{title}</Header>
              <EmptyList
                text={t('home.no-projects')}
                action={<code>{t('home.no-projects-hint')}</code>}
              />
            </Box>
          );
        const day = {
          env: scope.env,
          project: project.name,
          bizDate: bizDate ?? plusDays(dayIn(project.zone, now()), -1),
        };
        return (
          <InstancesList
            title={title}
            family={family}
            day={day}
            projects={all.map(({ name }) => name)}
            filters={filters}
            me={me.data?.user ?? ''}
            mayOperate={(name) => may('operator', name)}
            emptyText={
              family === 'manual'
                ? t('runs.empty-hint')
                : t('instances.empty-hint', { project: day.project, date: day.bizDate })
            }
            onDay={(change) => search({ ...filters, ...change })}
            onFilters={(next) => search(next as InstancesSearch)}
          />
        );
      }}
    </Loaded>
  );
};
