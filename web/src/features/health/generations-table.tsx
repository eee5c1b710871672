import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type * as z from 'zod';
import type { GenerationLine } from '../../../../shared/domain/run/generation-line.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';

/** The newest generation of each project: expected, created, finished. */
export const GenerationsTable = ({
  lines,
}: {
  lines: readonly z.infer<typeof GenerationLine>[];
}) => {
  const t = useT();

  return (
    <Table
      variant="container"
      header={<Header variant="h2">{t('health.generations')}</Header>}
      ariaLabels={{ tableLabel: t('health.generations') }}
      items={lines}
      trackBy={({ project, env }) => `${env} ${project}`}
      empty={t('health.generations-empty')}
      columnDefinitions={[
        {
          id: 'project',
          header: t('common.project'),
          isRowHeader: true,
          cell: ({ project }) => project,
        },
        { id: 'env', header: t('common.environment'), cell: ({ env }) => t(`shell.env.${env}`) },
        {
          id: 'bizDate',
          header: t('instances.biz-date'),
          cell: ({ bizDate }) => <BizDate day={bizDate} />,
        },
        {
          id: 'cutoff',
          header: t('health.cutoff'),
          cell: ({ cutoffAt, project }) => <At at={cutoffAt} project={project} />,
        },
        {
          id: 'expected',
          header: t('health.expected'),
          cell: ({ expected }) => expected ?? t('common.none'),
        },
        {
          id: 'created',
          header: t('health.created'),
          cell: ({ created }) => created ?? t('common.none'),
        },
        {
          id: 'existing',
          header: t('health.existing'),
          cell: ({ existing }) => existing ?? t('common.none'),
        },
        { id: 'edges', header: t('health.edges'), cell: ({ edges }) => edges ?? t('common.none') },
        {
          id: 'finished',
          header: t('health.finished'),
          cell: ({ finishedAt, project }) =>
            finishedAt ? (
              <At at={finishedAt} project={project} />
            ) : (
              <StatusIndicator type="in-progress">{t('health.unfinished')}</StatusIndicator>
            ),
        },
      ]}
    />
  );
};
