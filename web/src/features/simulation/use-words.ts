import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatDuration, formatShort } from '../../ui/time/format.ts';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import type { GanttWords } from './gantt-rows.ts';

/** Times and counts of simulated things, in the language and zone in use. */
export const useWords = (project: string): GanttWords => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone(project);
  const now = useNow();
  const text = (at: string) => formatShort(at, zone, language, now());

  return {
    span: (startAt, endAt) =>
      `${text(startAt)} – ${text(endAt)} (${formatDuration(Date.parse(endAt) - Date.parse(startAt), language)})`,
    runs: (count) => t('simulation.runs', { count }),
    never: t('simulation.never-short'),
    queued: (pool) => t('simulation.queued-for', { pool }),
  };
};
