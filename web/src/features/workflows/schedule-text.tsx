import type { WorkflowRow } from '../../../../shared/contracts/api/workflow-routes.ts';
import { describeSchedule } from '../../../../shared/domain/schedule/describe-schedule.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';

/** When a workflow falls due, in words. */
export const ScheduleText = ({
  schedule,
  periodic,
}: Pick<WorkflowRow, 'schedule' | 'periodic'>) => {
  const t = useT();
  const language = useLanguage();

  if (schedule) return <>{describeSchedule(schedule, language === 'en' ? 'en' : 'zh')}</>;
  return <>{t(periodic ? 'workflows.own-schedules' : 'workflows.by-hand')}</>;
};
