import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import { describeSchedule } from '../../../../shared/domain/schedule/describe-schedule.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatDuration } from '../../ui/time/format.ts';

/** When a task falls due, in words. */
export const CycleText = ({ row }: { row: Pick<TaskRow, 'schedule' | 'trigger'> }) => {
  const t = useT();
  const language = useLanguage();
  if (row.trigger === 'manual' || !row.schedule) return <>{t('tasks.by-hand')}</>;
  return <>{describeSchedule(row.schedule, language === 'en' ? 'en' : 'zh')}</>;
};

/** The time-out of a task; without one the settings decide. */
export const TimeoutText = ({ row }: { row: Pick<TaskRow, 'timeoutSeconds'> }) => {
  const t = useT();
  const language = useLanguage();
  return (
    <>
      {row.timeoutSeconds === undefined
        ? t('tasks.by-settings')
        : formatDuration(row.timeoutSeconds * 1_000, language)}
    </>
  );
};

/** The automatic retries of a task, as far as it says itself. */
export const RetriesText = ({ row }: { row: Pick<TaskRow, 'retries'> }) => {
  const t = useT();
  const language = useLanguage();
  const { count, intervalSeconds } = row.retries ?? {};
  if (count === undefined) return <>{t('tasks.by-settings')}</>;
  if (intervalSeconds === undefined) return <>{t('tasks.retries-count', { count })}</>;
  const interval = formatDuration(intervalSeconds * 1_000, language);
  return <>{t('tasks.retries-text', { count, interval })}</>;
};
