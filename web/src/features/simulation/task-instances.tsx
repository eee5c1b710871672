import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import type {
  SimulatedInstance,
  SimulatedWait,
} from '../../../../shared/domain/simulation/simulation.schema.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { At } from '../../ui/time/at.tsx';
import { formatDuration } from '../../ui/time/format.ts';

const pageSize = 25;

/** When each instance of a task starts and ends, and what it waits for. */
export const TaskInstances = ({
  name,
  project,
  instances,
  onClose,
}: {
  name: string;
  project: string;
  instances: readonly SimulatedInstance[];
  onClose: () => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const { shown, pagination } = useLocalPages(instances, pageSize);
  const lasts = (seconds: number) => formatDuration(seconds * 1000, language);
  const waitText = ({ why, on, seconds }: SimulatedWait) =>
    `${t(`simulation.wait.${why}`)}${on ? ` ${shortOf(on)}` : ''}: ${lasts(seconds)}`;

  return (
    <Table
      variant="container"
      items={shown}
      trackBy="id"
      pagination={pagination}
      header={
        <Header
          variant="h2"
          actions={
            <Button
              iconName="close"
              variant="icon"
              ariaLabel={t('common.close')}
              onClick={onClose}
            />
          }
        >
          {name}
        </Header>
      }
      ariaLabels={{ tableLabel: name }}
      wrapLines
      columnDefinitions={[
        {
          id: 'due',
          header: t('simulation.due'),
          isRowHeader: true,
          cell: ({ dueAt }) => <At at={dueAt} project={project} />,
        },
        {
          id: 'start',
          header: t('simulation.start'),
          cell: ({ startAt }) => <At at={startAt} project={project} />,
        },
        {
          id: 'end',
          header: t('simulation.end'),
          cell: ({ endAt }) => <At at={endAt} project={project} />,
        },
        {
          id: 'seconds',
          header: t('simulation.expected'),
          cell: ({ seconds, guessed }) =>
            guessed ? t('simulation.guessed', { time: lasts(seconds) }) : lasts(seconds),
        },
        {
          id: 'waits',
          header: t('simulation.waits'),
          cell: ({ waits }) =>
            waits.length === 0 ? t('common.none') : waits.map(waitText).join('; '),
        },
      ]}
    />
  );
};

const shortOf = (on: string): string => {
  const ref = parseInstanceId(on);
  return ref ? `${ref.workflow}/${ref.task}` : on;
};
