import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { createConsoleRouter } from './router.tsx';
import { NoticesProvider } from './ui/feedback/notices.tsx';
import { LanguageProvider } from './ui/i18n/language-provider.tsx';
import { PreferencesProvider, usePreferences } from './ui/preferences/preferences.tsx';
import { useTheme } from './ui/preferences/use-theme.ts';

type Props = { router: ReturnType<typeof createConsoleRouter>; queryClient: QueryClient };

export const App = ({ router, queryClient }: Props) => (
  <QueryClientProvider client={queryClient}>
    <PreferencesProvider>
      <Console router={router} />
    </PreferencesProvider>
  </QueryClientProvider>
);

const Console = ({ router }: Pick<Props, 'router'>) => {
  const { language } = usePreferences().preferences;
  useTheme();

  return (
    <LanguageProvider language={language}>
      <NoticesProvider>
        <RouterProvider router={router} />
      </NoticesProvider>
    </LanguageProvider>
  );
};
