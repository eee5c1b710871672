import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { meQuery, useMay } from '../../features/access/access.queries.ts';
import { projectsQuery } from '../../features/projects/projects.queries.ts';
import { TasksList } from '../../features/tasks/tasks-list.tsx';
import { useScope } from '../../ui/scope.ts';

/** The list of recurring or of one-time tasks, its filters in the address. */
export const TasksOfTrigger = ({
  from,
  trigger,
}: {
  from: '/in/tasks/auto' | '/in/tasks/manual';
  trigger: 'recurring' | 'manual';
}) => {
  const scope = useScope();
  const may = useMay();
  const navigate = useNavigate();
  const { env: _env, project: _project, ...filters } = useSearch({ from });
  const me = useQuery(meQuery());
  const projects = useQuery(projectsQuery());

  return (
    <TasksList
      trigger={trigger}
      scope={scope}
      projects={projects.data ?? []}
      filters={filters}
      me={me.data?.user ?? ''}
      may={may}
      onFilters={(next) =>
        void navigate({
          to: '.',
          search: ({ env, project }) => ({ env, project, ...next }),
          replace: true,
        })
      }
    />
  );
};
