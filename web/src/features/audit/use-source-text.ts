import { useT } from '../../ui/i18n/language-provider.tsx';

/** Where an operation came from, in words. */
export const useSourceText = () => {
  const t = useT();
  return (source: unknown): string => {
    if (source === 'console' || source === 'cli' || source === 'api')
      return t(`audit.source.${source}`);
    return typeof source === 'string' ? source : t('common.none');
  };
};
