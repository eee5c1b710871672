import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { BackfillView } from '../../../shared/contracts/api/backfill-view.ts';
import { useMay } from '../features/access/access.queries.ts';
import { BackfillActions } from '../features/backfills/backfill-actions.tsx';
import { BackfillMatrix } from '../features/backfills/backfill-matrix.tsx';
import { backfillQuery } from '../features/backfills/backfills.queries.ts';
import { FlowStatusText } from '../features/backfills/flow-status-text.tsx';
import { StatusCounts } from '../features/instances/status-counts.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useGo } from '../ui/link.tsx';
import { At } from '../ui/time/at.tsx';
import { Duration } from '../ui/time/duration.tsx';

const route = getRouteApi('/in/backfills/$project/$backfill');

export const BackfillPage = () => {
  const place = route.useParams();
  const view = useQuery(backfillQuery(place));

  return (
    <Loaded query={view} lines={12}>
      {(data) => <Detail view={data} />}
    </Loaded>
  );
};

const Detail = ({ view }: { view: BackfillView }) => {
  const t = useT();
  const may = useMay();
  const { go } = useGo();
  const { counts, instances, project, creation, spec } = view;
  const ended = (counts.SUCCESS ?? 0) + (counts.FAILED ?? 0);

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={view.roots.join(', ')}
        actions={
          <BackfillActions
            row={view}
            mayOperate={may('operator', project)}
            onDeleted={() => go({ to: '/backfills' })}
          />
        }
      >
        {view.name}
      </Header>
      {creation?.status === 'REFUSED' && (
        <Alert type="error" header={t('backfills.refused')}>
          {creation.reason}
        </Alert>
      )}
      {view.state === 'pending' && (
        <Alert type="info">
          {t('backfills.pending-text')}{' '}
          {view.nextAt && <At at={view.nextAt} project={project} form="full" />}
        </Alert>
      )}
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: t('runs.status'),
            value: (
              <SpaceBetween direction="horizontal" size="xxs">
                <FlowStatusText row={view} />
                {view.incomplete && <Badge>{t('backfills.incomplete')}</Badge>}
              </SpaceBetween>
            ),
          },
          {
            label: t('runs.progress'),
            value: (
              <ProgressBar
                value={instances === 0 ? 0 : (ended / instances) * 100}
                additionalInfo={t('runs.progress-text', { ended, total: instances })}
                ariaLabel={t('run.progress-label', { ended, total: instances })}
              />
            ),
          },
          {
            label: t('backfills.order'),
            value: `${t(`backfills.order.${view.order}`)} · ${t('backfills.group-count', { count: view.groups })}`,
          },
          { label: t('backfills.submitter'), value: view.owner },
          {
            label: t('backfills.at'),
            value: <At at={view.submittedAt ?? view.createdAt} project={project} form="full" />,
          },
          {
            label: t('runs.duration'),
            value: <Duration from={view.startedAt ?? null} to={view.endedAt ?? null} />,
          },
          {
            label: t('backfills.tasks'),
            value: t('backfills.tasks-of', { run: view.tasks.run, dry: view.tasks.dryRun }),
          },
          ...(creation?.created === undefined
            ? []
            : [
                {
                  label: t('backfills.made'),
                  value: t('backfills.made-text', {
                    created: creation.created,
                    found: creation.found ?? 0,
                    planned: instances,
                  }),
                },
              ]),
          { label: t('backfills.existing'), value: t(`backfills.existing.${spec.existing}`) },
        ]}
      />
      {instances > 0 && <StatusCounts counts={counts} total={instances} />}
      {view.state === 'submitted' && <BackfillMatrix view={view} />}
    </SpaceBetween>
  );
};
