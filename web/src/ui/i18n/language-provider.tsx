import { I18nProvider, type I18nProviderProps } from '@cloudscape-design/components/i18n';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { Messages } from './messages.ts';
import { type Language, type Translate, translator } from './translate.ts';

type Loaded = { readonly own: Messages; readonly kit: ReadonlyArray<I18nProviderProps.Messages> };

/** Each language is a chunk of its own: nobody loads the texts of the other. */
const loaders: Readonly<Record<Language, () => Promise<Loaded>>> = {
  en: async () => {
    const [own, kit] = await Promise.all([
      import('./en.ts'),
      import('@cloudscape-design/components/i18n/messages/all.en'),
    ]);
    return { own: own.en, kit: [kit.default] };
  },
  'zh-CN': async () => {
    const [own, kit] = await Promise.all([
      import('./zh-cn.ts'),
      import('@cloudscape-design/components/i18n/messages/all.zh-CN'),
    ]);
    return { own: own.zhCn, kit: [kit.default] };
  },
};

type Words = { readonly t: Translate; readonly language: Language };

const WordsContext = createContext<Words | undefined>(undefined);

export const LanguageProvider = ({
  language,
  children,
}: {
  language: Language;
  children: ReactNode;
}) => {
  const { data } = useQuery({
    queryKey: ['language', language],
    queryFn: loaders[language],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
    meta: { live: false },
  });
  const words = useMemo(
    () => data && { t: translator(language, data.own), language },
    [language, data],
  );

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  if (!data || !words) return null;
  return (
    <I18nProvider locale={language} messages={data.kit}>
      <WordsContext value={words}>{children}</WordsContext>
    </I18nProvider>
  );
};

const useWords = (): Words => {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no LanguageProvider above');
  return words;
};

/** The translate function of the language in use. */
export const useT = (): Translate => useWords().t;

export const useLanguage = (): Language => useWords().language;
