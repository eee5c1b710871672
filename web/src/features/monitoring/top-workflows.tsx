import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { Monitoring } from '../../../../shared/contracts/api/monitoring-routes.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import type { Scope } from '../../ui/scope.ts';
import { formatDuration } from '../../ui/time/format.ts';
import { runsLink } from './runs-link.ts';

type Row = Monitoring['failing'][number];

/** The five workflows that failed most, or took longest; each opens its runs of the window. */
export const TopWorkflows = ({
  data,
  env,
  kind,
}: {
  data: Monitoring;
  env: Scope['env'];
  kind: 'failing' | 'slow';
}) => {
  const t = useT();
  const language = useLanguage();
  const title = t(`monitoring.${kind}`);
  const linkTo = ({ project, workflow }: Row, more = {}) =>
    runsLink({ env, project }, workflow, data, more);

  return (
    <Table<Row>
      variant="container"
      header={<Header variant="h2">{title}</Header>}
      ariaLabels={{ tableLabel: title }}
      items={data[kind]}
      trackBy={({ project, workflow }) => `${project}/${workflow}`}
      empty={<EmptyList text={t(`monitoring.none-${kind}`)} />}
      columnDefinitions={[
        {
          id: 'workflow',
          header: t('common.workflow'),
          isRowHeader: true,
          cell: (row) => (
            <RouteLink {...linkTo(row, kind === 'failing' ? { status: 'FAILED' } : {})}>
              {row.project}/{row.workflow}
            </RouteLink>
          ),
        },
        { id: 'runs', header: t('monitoring.runs'), cell: ({ runs }) => runs },
        ...(kind === 'failing'
          ? [
              {
                id: 'failed',
                header: t('monitoring.failed'),
                cell: ({ failed }: Row) => failed,
              },
            ]
          : [
              {
                id: 'mean',
                header: t('monitoring.mean'),
                cell: ({ meanMs }: Row) =>
                  meanMs === null ? t('common.none') : formatDuration(meanMs, language),
              },
              {
                id: 'p95',
                header: t('monitoring.p95'),
                cell: ({ p95Ms }: Row) =>
                  p95Ms === null ? t('common.none') : formatDuration(p95Ms, language),
              },
            ]),
      ]}
    />
  );
};
