import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { meQuery, useMay } from '../../features/access/access.queries.ts';
import { type Day, spanOf } from '../../features/instances/instance-filters.ts';
import { InstancesList } from '../../features/instances/instances-list.tsx';
import type { ConfirmAll } from '../../features/instances/instances-table.tsx';
import { filterOfSearch } from '../../features/operations/filter-of-search.ts';
import { OperationDialog } from '../../features/operations/operation-dialog.tsx';
import { projectsQuery } from '../../features/projects/projects.queries.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
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
  const { go } = useGo();
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
            confirmAll={confirmAllOf(day, family, filters, (operation) =>
              go({ to: '/operations/$operation', params: { operation } }),
            )}
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

/**
 * Operations on all that the list shows, on whatever page; undefined where the list is narrowed by what an operation
 * cannot be narrowed by: it must never reach further than what is seen.
 */
const confirmAllOf = (
  day: Day,
  family: 'recurring' | 'manual',
  { kind, asked, days, held, ...filters }: InstancesSearch,
  onStarted: (operation: string) => void,
): ConfirmAll | undefined => {
  if (kind !== undefined || asked !== undefined || filters.paused === 'false') return undefined;
  const filter = {
    ...filterOfSearch(day, family, filters),
    bizDate: { from: plusDays(day.bizDate, 1 - spanOf(days)), to: day.bizDate },
    ...(held !== undefined && { held: held === 'true' }),
  };
  return (operation, onClose) =>
    operation === 'approve' || operation === 'reject' ? null : (
      <OperationDialog
        op={operation}
        selection={{ filter }}
        onStarted={onStarted}
        onClose={onClose}
      />
    );
};
