import { useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Names the window after the page, so that tabs and the history can be told apart. */
export const useWindowTitle = (): void => {
  const t = useT();
  const match = useMatches().at(-1);
  const { title, param } = match?.staticData ?? {};
  const params: Readonly<Record<string, string | undefined>> = match?.params ?? {};
  const object = param && params[param];

  useEffect(() => {
    const page = title ? t(title) : undefined;
    document.title = [object, page, t('shell.product')].filter(Boolean).join(' · ');
  }, [t, title, object]);
};
