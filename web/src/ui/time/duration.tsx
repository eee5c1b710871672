import { useLanguage } from '../i18n/language-provider.tsx';
import { formatDuration } from './format.ts';
import { useNow } from './time-provider.tsx';

/** How long something took, or takes so far when it has not ended. */
export const Duration = ({
  from,
  to,
}: {
  from: string | null | undefined;
  to?: string | null | undefined;
}) => {
  const language = useLanguage();
  const now = useNow();
  if (!from) return '–';

  const end = to ? Date.parse(to) : now();
  return <span className="nowrap">{formatDuration(end - Date.parse(from), language)}</span>;
};
