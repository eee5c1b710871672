import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ListedSimulation } from '../../../../shared/contracts/api/simulation-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { At } from '../../ui/time/at.tsx';
import { NeverTable } from './never-table.tsx';

/** What would not start, and what changes of clocks do. */
export const Findings = ({
  project,
  simulation: { never, dst },
}: {
  project: string;
  simulation: ListedSimulation;
}) => {
  const t = useT();

  return (
    <SpaceBetween size="l">
      <NeverTable never={never} title={t('simulation.never')} empty={t('simulation.never-none')} />
      <ListTable
        name={t('simulation.dst')}
        title={t('simulation.dst')}
        headingTag="h2"
        variant="container"
        items={dst}
        idOf={({ workflow, task = '', local, kind }) => `${workflow}/${task} ${local} ${kind}`}
        empty={t('simulation.dst-none')}
        columns={[
          {
            id: 'workflow',
            header: t('common.workflow'),
            isRowHeader: true,
            cell: ({ workflow, task }) => (task ? `${workflow}/${task}` : workflow),
          },
          {
            id: 'local',
            header: t('simulation.local'),
            cell: ({ local, zone }) => `${local.replace('T', ' ')} ${zone}`,
          },
          {
            id: 'kind',
            header: t('simulation.effect'),
            cell: ({ kind }) => (
              <Badge color={kind === 'once' ? 'grey' : 'severity-medium'}>
                {t(`simulation.dst.${kind}`)}
              </Badge>
            ),
          },
          {
            id: 'at',
            header: t('simulation.clocks-change'),
            cell: ({ at }) => <At at={at} project={project} form="full" />,
          },
        ]}
      />
    </SpaceBetween>
  );
};
