import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { projectsQuery } from '../../features/projects/projects.queries.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { useScope } from '../../ui/scope.ts';

/** A page of one project: that of the header, or the first one with a hint that it was chosen. */
export const InProject = ({ children }: { children: (project: string) => ReactNode }) => {
  const t = useT();
  const scope = useScope();
  const projects = useQuery(projectsQuery());

  return (
    <Loaded query={projects}>
      {(all) => {
        const chosen = all.find(({ name }) => name === scope.project);
        const project = chosen ?? all[0];
        if (!project) return <EmptyList text={t('notify.no-project')} />;
        return (
          <>
            {!chosen && all.length > 1 && (
              <Alert type="info">
                {t('notify.choose-project')}: {project.name}
              </Alert>
            )}
            {children(project.name)}
          </>
        );
      }}
    </Loaded>
  );
};
