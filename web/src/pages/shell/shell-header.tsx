import TopNavigation, {
  type TopNavigationProps,
} from '@cloudscape-design/components/top-navigation';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouteContext } from '@tanstack/react-router';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import { refreshPage } from '../../api/auto-refresh.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { useScope } from '../../ui/scope.ts';
import { browserZone } from '../../ui/time/time-provider.tsx';
import { choices } from './choices.ts';
import { useSettingsMenu } from './use-settings-menu.ts';
import { useVirtualClock } from './use-virtual-clock.ts';

/** Product, scope and settings: what holds on every page. */
export const ShellHeader = ({
  projects,
  onOpen,
}: {
  projects: readonly Project[];
  onOpen: (what: 'palette' | 'keys') => void;
}) => {
  const t = useT();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { hrefOf, go } = useGo();
  const { session, config } = useRouteContext({ from: '__root__' });
  const { preferences, prefer } = usePreferences();
  const scope = useScope();
  const settings = useSettingsMenu();
  const clockText = useVirtualClock();
  const person = session.person();
  const refreshText =
    preferences.refreshSeconds === 0 ? t('shell.refresh-off') : `${preferences.refreshSeconds} s`;

  const narrow = (change: { env?: 'prod' | 'dev' | undefined; project?: string | undefined }) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...change }) });

  const utilities: TopNavigationProps.Utility[] = [
    ...(clockText
      ? [
          {
            type: 'button' as const,
            iconName: 'status-pending' as const,
            text: clockText,
            disableTextCollapse: true,
          },
        ]
      : []),
    {
      type: 'button',
      iconName: 'search',
      text: t('shell.search'),
      ariaLabel: t('shell.search-open'),
      title: t('shell.search-open'),
      onClick: () => onOpen('palette'),
    },
    {
      type: 'menu-dropdown',
      text: t(`shell.env.${scope.env}`),
      ariaLabel: `${t('common.environment')}: ${t(`shell.env.${scope.env}`)}`,
      items: choices(
        config.envs.map((env) => [env, t(`shell.env.${env}`)]),
        scope.env,
      ),
      onItemClick: ({ detail }) => narrow({ env: detail.id === 'dev' ? 'dev' : undefined }),
    },
    {
      type: 'menu-dropdown',
      text: scope.project ?? t('shell.all-projects'),
      ariaLabel: `${t('common.project')}: ${scope.project ?? t('shell.all-projects')}`,
      items: choices(
        [
          ['*', t('shell.all-projects')],
          ...projects.map(({ name }): [string, string] => [name, name]),
        ],
        scope.project ?? '*',
      ),
      onItemClick: ({ detail }) => narrow({ project: detail.id === '*' ? undefined : detail.id }),
    },
    {
      type: 'menu-dropdown',
      iconName: 'calendar',
      text: t(`time.${preferences.zone}`),
      ariaLabel: `${t('shell.zone')}: ${t(`time.${preferences.zone}`)}`,
      title: t('shell.zone'),
      items: choices(
        [
          ['browser', t('shell.zone-browser', { zone: browserZone })],
          ['utc', 'UTC'],
          ['project', t('shell.zone-project')],
        ],
        preferences.zone,
      ),
      onItemClick: ({ detail }) => prefer({ zone: detail.id as typeof preferences.zone }),
    },
    {
      type: 'menu-dropdown',
      iconName: 'refresh',
      text: refreshText,
      ariaLabel: `${t('shell.refresh')}: ${refreshText}`,
      title: t('shell.refresh'),
      items: [
        { id: 'now', text: t('shell.refresh-now'), iconName: 'refresh' },
        ...choices(
          [0, 5, 10, 30, 60].map((seconds): [string, string] => [
            String(seconds),
            seconds === 0 ? t('shell.refresh-off') : t('shell.refresh-every', { seconds }),
          ]),
          String(preferences.refreshSeconds),
        ),
      ],
      onItemClick: ({ detail }) => {
        if (detail.id === 'now') void refreshPage(client);
        else prefer({ refreshSeconds: Number(detail.id) });
      },
    },
    settings(() => onOpen('keys')),
    {
      type: 'menu-dropdown',
      iconName: 'user-profile',
      text: person?.name ?? '',
      ariaLabel: `${t('shell.user')}: ${person?.name ?? ''}`,
      description: person?.groups.join(', '),
      items: [{ id: 'sign-out', text: t('shell.sign-out') }],
      onItemClick: () => void session.signOut(),
    },
  ];

  return (
    <TopNavigation
      identity={{
        title: t('shell.product'),
        logo: { src: '/favicon.svg', alt: t('shell.logo') },
        href: hrefOf({ to: '/' }),
        onFollow: (event) => {
          event.preventDefault();
          go({ to: '/' });
        },
      }}
      utilities={utilities}
      i18nStrings={{
        overflowMenuTriggerText: t('shell.overflow'),
        overflowMenuTitleText: t('common.all'),
        overflowMenuBackIconAriaLabel: t('shell.back'),
        overflowMenuDismissIconAriaLabel: t('common.close'),
      }}
    />
  );
};
