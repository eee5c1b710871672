import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQueries } from '@tanstack/react-query';
import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import { countersQuery } from '../../features/instances/instances.queries.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import type { Scope } from '../../ui/scope.ts';
import { BizDate } from '../../ui/time/biz-date.tsx';
import { dayIn } from '../../ui/time/format.ts';
import { useNow } from '../../ui/time/time-provider.tsx';

/** As many projects as a page has room for; the header narrows to others. */
const most = 12;
const waiting: readonly Status[] = ['NOT_RUN', 'WAIT_TIME', 'THROTTLED', 'WAIT_RESOURCE'];
const unfinished: readonly Status[] = [...waiting, 'SUBMITTED', 'RUNNING'];

/** What failed, is not finished or waits today, for each project; each count opens the list. */
export const MyFocus = ({ scope, projects }: { scope: Scope; projects: readonly Project[] }) => {
  const t = useT();
  const now = useNow();
  const days = projects
    .filter(({ name }) => scope.project === undefined || name === scope.project)
    .slice(0, most)
    .map(({ name, zone }) => ({
      env: scope.env,
      project: name,
      bizDate: plusDays(dayIn(zone, now()), -1),
    }));
  const counters = useQueries({
    queries: days.map((day) => countersQuery({ ...day, family: 'recurring' })),
  });
  const rows = days.map((day, at) => ({ ...day, statuses: counters[at]?.data?.statuses }));
  type Row = (typeof rows)[number];

  const count = (
    id: string,
    header: string,
    type: StatusIndicatorProps.Type,
    of: readonly Status[],
  ) => ({
    id,
    header,
    cell: ({ statuses, project, bizDate }: Row) => {
      if (!statuses) return '–';
      const sum = of.reduce((total, status) => total + (statuses[status] ?? 0), 0);
      if (sum === 0) return <Box color="text-body-secondary">0</Box>;
      return (
        <RouteLink to="/instances" search={{ project, bizDate, status: of.join(',') }}>
          <StatusIndicator type={type}>{sum}</StatusIndicator>
        </RouteLink>
      );
    },
  });

  return (
    <Table<Row>
      variant="container"
      header={<Header variant="h2">{t('home.focus')}</Header>}
      ariaLabels={{ tableLabel: t('home.focus') }}
      items={rows}
      trackBy="project"
      empty={
        <Box textAlign="center">
          <Box variant="strong">{t('home.no-projects')}</Box>
          <Box>
            <code>{t('home.no-projects-hint')}</code>
          </Box>
        </Box>
      }
      columnDefinitions={[
        {
          id: 'project',
          header: t('common.project'),
          isRowHeader: true,
          cell: ({ project, bizDate }) => (
            <RouteLink to="/instances" search={{ project, bizDate }}>
              {project}
            </RouteLink>
          ),
        },
        {
          id: 'bizDate',
          header: t('instances.biz-date'),
          cell: ({ bizDate }) => <BizDate day={bizDate} />,
        },
        count('failed', t('home.failed'), 'error', ['FAILED']),
        count('unfinished', t('home.unfinished'), 'in-progress', unfinished),
        count('waiting', t('home.waiting'), 'pending', waiting),
        count('succeeded', t('home.succeeded'), 'success', ['SUCCESS']),
      ]}
    />
  );
};
