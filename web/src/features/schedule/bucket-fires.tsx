import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { ScheduledWorkflow } from '../../../../shared/contracts/api/schedule-routes.ts';
import { bucketMs } from '../../../../shared/domain/schedule/herd.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { At } from '../../ui/time/at.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';

/** What falls due in the five minutes from `at`, the largest first. */
export const BucketFires = ({
  at,
  items,
  onClose,
}: {
  at: string;
  items: readonly ScheduledWorkflow[];
  onClose: () => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const start = Date.parse(at);
  const fires = items
    .flatMap(({ project, workflow, fires: own }) =>
      own
        .filter((fire) => {
          const time = Date.parse(fire.at);
          return time >= start && time < start + bucketMs;
        })
        .map((fire) => ({ project, workflow, ...fire })),
    )
    .toSorted((a, b) => b.tasks - a.tasks);
  const { shown, pagination } = useLocalPages(fires, 20);
  const title = t('herd.bucket', { time: formatInstant(at, zone, language) });

  return (
    <Table
      variant="container"
      header={
        <Header
          variant="h2"
          counter={`(${fires.length})`}
          actions={<Button onClick={onClose}>{t('herd.close')}</Button>}
        >
          {title}
        </Header>
      }
      ariaLabels={{ tableLabel: title }}
      items={shown}
      trackBy={({ project, workflow, at: time, cycle }) =>
        `${project}/${workflow} ${time} ${cycle}`
      }
      pagination={pagination}
      columnDefinitions={[
        {
          id: 'workflow',
          header: t('common.workflow'),
          isRowHeader: true,
          cell: ({ project, workflow }) => (
            <RouteLink to="/schedule/$project/$workflow" params={{ project, workflow }}>
              {workflow}
            </RouteLink>
          ),
        },
        { id: 'project', header: t('common.project'), cell: ({ project }) => project },
        {
          id: 'at',
          header: t('ticks.trigger-at'),
          cell: ({ at: time, project }) => <At at={time} project={project} form="full" />,
        },
        { id: 'tasks', header: t('herd.tasks'), cell: ({ tasks }) => tasks },
      ]}
    />
  );
};
