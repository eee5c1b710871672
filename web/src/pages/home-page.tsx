import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { QuickStart } from '../features/home/quick-start.tsx';
import { Shortcuts } from '../features/home/shortcuts.tsx';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useScope } from '../ui/scope.ts';
import { MyFocus } from './parts/my-focus.tsx';

export const HomePage = () => {
  const t = useT();
  const scope = useScope();
  const projects = useQuery(projectsQuery());

  return (
    <SpaceBetween size="l">
      <Header variant="h1">{t('home.title')}</Header>
      <Shortcuts />
      <Loaded query={projects}>{(all) => <MyFocus scope={scope} projects={all} />}</Loaded>
      <QuickStart />
    </SpaceBetween>
  );
};
