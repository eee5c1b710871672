import { checkGrain } from '../schedule/check-grain.ts';
import type { Schedule } from '../schedule/schedule.schema.ts';
import type { Problem } from './definition.schema.ts';

/** Whether publish accepts a schedule: it parses and fires at least `floorMinutes` apart (N5). */
export const checkSchedule = (schedule: Schedule, floorMinutes: 1 | 5): readonly Problem[] => {
  const checked = checkGrain(schedule, floorMinutes);
  if (checked.ok) return [];
  return [
    {
      path: schedule.every === 'cron' ? 'cron' : checked.error.field,
      code: 'schedule',
      message: checked.error.message,
    },
  ];
};
