import Badge from '@cloudscape-design/components/badge';
import { useQuery } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { isEnded } from '../../../../shared/domain/instance/lifecycle.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import { durationsQuery } from './run-views.queries.ts';

/** As much longer than its mean makes a node worth a look. */
const slowFactor = 2;

const idOf = ({ id }: InstanceRow) => id;

/** The nodes of a run with attempts and duration against the mean (workflows-and-logs A1.2). */
export const RunNodes = ({
  run,
  instances,
  loading,
}: {
  run: string;
  instances: readonly InstanceRow[];
  loading: boolean;
}) => {
  const t = useT();
  const language = useLanguage();
  const { pageSize } = usePreferences().preferences;
  const { shown, pagination } = useLocalPages(instances, pageSize);
  const durations = useQuery(durationsQuery(run));
  const means = new Map<string, number>(
    durations.data?.items.map(({ task, meanSeconds }) => [task, meanSeconds * 1000]),
  );

  return (
    <ListTable<InstanceRow>
      name={t('runview.nodes')}
      title={t('runview.nodes')}
      variant="container"
      headingTag="h2"
      items={shown}
      idOf={idOf}
      loading={loading}
      pagination={pagination}
      empty={t('runview.nodes-empty')}
      columns={[
        {
          id: 'node',
          header: t('runview.node'),
          isRowHeader: true,
          cell: ({ id, task, index }) => (
            <RouteLink to="/instances/$instance" params={{ instance: id }}>
              {index > 1 ? `${task} ${index}` : task}
            </RouteLink>
          ),
        },
        { id: 'kind', header: t('runview.kind'), cell: ({ kind }) => kind },
        {
          id: 'status',
          header: t('instances.status'),
          cell: (row) => <InstanceStatus {...row} paused={row.paused || row.taskPaused} />,
        },
        { id: 'attempts', header: t('instances.attempts'), cell: ({ attempts }) => attempts },
        {
          id: 'started',
          header: t('instances.started'),
          cell: ({ startedAt, project }) => <At at={startedAt} project={project} />,
        },
        {
          id: 'ended',
          header: t('instances.ended'),
          cell: ({ endedAt, project }) => <At at={endedAt} project={project} />,
        },
        {
          id: 'duration',
          header: t('runview.against-mean'),
          cell: ({ startedAt, endedAt, task }) => {
            const mean = means.get(task);
            const took = startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0;
            const times = mean && mean >= 1_000 ? took / mean : 0;
            return (
              <>
                <Duration from={startedAt} to={endedAt} /> ·{' '}
                {mean === undefined ? t('runview.no-mean') : formatDuration(mean, language)}
                {times >= slowFactor && (
                  <>
                    {' '}
                    <Badge color="severity-medium">
                      {t('runview.slower', { times: Math.round(times * 10) / 10 })}
                    </Badge>
                  </>
                )}
              </>
            );
          },
        },
        {
          id: 'group',
          header: t('instances.resource-group'),
          cell: ({ resourceGroup }) => resourceGroup,
        },
        {
          id: 'log',
          header: t('runview.log'),
          cell: (row) =>
            isEnded(row) || row.attempts > 0 ? (
              <RouteLink
                to="/instances/$instance"
                params={{ instance: row.id }}
                search={{ tab: 'log' }}
                ariaLabel={`${t('runview.log')}: ${row.task}`}
              >
                {t('runview.log')}
              </RouteLink>
            ) : (
              t('common.none')
            ),
        },
      ]}
    />
  );
};
