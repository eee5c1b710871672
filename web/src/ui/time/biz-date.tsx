import { useLanguage } from '../i18n/language-provider.tsx';
import { formatBizDate } from './format.ts';

/** A business date: a day of the calendar that no zone shifts. */
export const BizDate = ({ day }: { day: string }) => {
  const language = useLanguage();
  return (
    <time dateTime={day} title={day} className="nowrap">
      {formatBizDate(day, language)}
    </time>
  );
};
