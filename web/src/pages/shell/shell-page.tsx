import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useParams, useRouteContext } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useAutoRefresh } from '../../api/auto-refresh.ts';
import { projectsQuery } from '../../features/projects/projects.queries.ts';
import { NoticeBar } from '../../ui/feedback/notices.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { useScope } from '../../ui/scope.ts';
import { TimeProvider } from '../../ui/time/time-provider.tsx';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { FreezeBanner } from './freeze-banner.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { Navigation } from './navigation.tsx';
import { ShellHeader } from './shell-header.tsx';
import { StaleBanner } from './stale-banner.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useWindowTitle } from './use-window-title.ts';

const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then(({ CommandPalette: default_ }) => ({ default: default_ })),
);

/** What stands around every page behind the sign-in. */
export const ShellPage = () => {
  const t = useT();
  const { clock } = useRouteContext({ from: '__root__' });
  const { project: viewed } = useParams({ strict: false });
  const scope = useScope();
  const { preferences, prefer } = usePreferences();
  const { data: projects } = useQuery(projectsQuery());
  const [open, setOpen] = useState<'palette' | 'keys'>();

  useAutoRefresh(useQueryClient(), preferences.refreshSeconds);
  useShortcuts(setOpen);
  useWindowTitle();
  const project = viewed ?? scope.project;
  const time = useMemo(() => {
    const zones = new Map(projects?.map(({ name, zone }) => [name, zone]));
    return { now: clock.now, zoneOfProject: (name: string) => zones.get(name), project };
  }, [clock, projects, project]);

  return (
    <TimeProvider source={time}>
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <div id="header">
        <ShellHeader projects={projects ?? []} onOpen={setOpen} />
      </div>
      <AppLayoutToolbar
        headerSelector="#header"
        toolsHide
        navigation={<Navigation />}
        navigationOpen={preferences.navigationOpen}
        onNavigationChange={({ detail }) => prefer({ navigationOpen: detail.open })}
        breadcrumbs={<Breadcrumbs />}
        notifications={
          <>
            <StaleBanner />
            <FreezeBanner project={project} />
            <NoticeBar />
          </>
        }
        stickyNotifications
        ariaLabels={{
          navigation: t('shell.navigation'),
          navigationToggle: t('shell.navigation-open'),
          navigationClose: t('shell.navigation-close'),
          notifications: t('shell.notifications'),
        }}
        content={
          <div id="content">
            <Outlet />
          </div>
        }
      />
      {open === 'palette' && (
        <Suspense fallback={null}>
          <CommandPalette onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
      {open === 'keys' && <KeyboardHelp onClose={() => setOpen(undefined)} />}
    </TimeProvider>
  );
};
