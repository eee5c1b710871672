import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import type { TaskRef } from './tasks.queries.ts';

/** The way to the instances of a task: the lists, narrowed to it. */
export const TaskInstances = ({ task: { project, workflow, task } }: { task: TaskRef }) => {
  const t = useT();
  const search = { project, workflow, task };

  return (
    <Container>
      <Box>{t('task.instances-hint')}</Box>
      <ul className="plain-list">
        <li>
          <RouteLink to="/instances" search={search}>
            {t('task.open-instances')}
          </RouteLink>
        </li>
        <li>
          <RouteLink to="/instances/manual" search={search}>
            {t('task.open-manual')}
          </RouteLink>
        </li>
      </ul>
    </Container>
  );
};
