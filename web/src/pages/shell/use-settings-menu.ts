import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { Preferences, usePreferences } from '../../ui/preferences/preferences.tsx';
import { choices } from './choices.ts';

/** Language, theme, density and the keyboard help as one menu; ids are `preference:value`. */
export const useSettingsMenu = () => {
  const t = useT();
  const { preferences, prefer } = usePreferences();
  const chosen = (key: 'language' | 'theme' | 'density') => `${key}:${preferences[key]}`;

  return (onKeys: () => void): TopNavigationProps.MenuDropdownUtility => ({
    type: 'menu-dropdown',
    iconName: 'settings',
    ariaLabel: t('shell.settings'),
    title: t('shell.settings'),
    items: [
      {
        id: 'language',
        text: t('shell.language'),
        items: choices(
          [
            ['language:en', 'English'],
            ['language:zh-CN', '简体中文'],
          ],
          chosen('language'),
        ),
      },
      {
        id: 'theme',
        text: t('shell.theme'),
        items: choices(
          [
            ['theme:system', t('shell.theme-system')],
            ['theme:light', t('shell.theme-light')],
            ['theme:dark', t('shell.theme-dark')],
          ],
          chosen('theme'),
        ),
      },
      {
        id: 'density',
        text: t('shell.density'),
        items: choices(
          [
            ['density:comfortable', t('shell.density-comfortable')],
            ['density:compact', t('shell.density-compact')],
          ],
          chosen('density'),
        ),
      },
      { id: 'keys', text: t('shell.keys') },
    ],
    onItemClick: ({ detail }) => {
      if (detail.id === 'keys') return onKeys();
      const [key, value] = detail.id.split(':');
      prefer(Preferences.parse({ ...preferences, [key ?? '']: value }));
    },
  });
};
