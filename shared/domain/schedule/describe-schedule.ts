import { type Cron, parseCron } from './parse-cron.ts';
import type { Schedule } from './schedule.schema.ts';

export type ScheduleLanguage = 'en' | 'zh';

type Form = Exclude<Schedule, { every: 'cron' }>;

/** A schedule in a few words: `every day at 02:30`, `每天 02:30`. A cron without such words stays as it is written. */
export const describeSchedule = (schedule: Schedule, language: ScheduleLanguage): string => {
  if (schedule.every !== 'cron') return words[language](schedule);
  const cron = parseCron(schedule.cron);
  const form = cron.ok ? formOf(cron.value) : undefined;
  return form ? words[language](form) : schedule.cron;
};

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
const weekdaysZh = { MON: '一', TUE: '二', WED: '三', THU: '四', FRI: '五', SAT: '六', SUN: '日' };

const english = (form: Form): string => {
  switch (form.every) {
    case 'minute':
      return `${every(form.interval, 'minute')}${windowOf(form, ' from ', ' to ')}`;
    case 'hour':
      return form.at
        ? `every day at ${form.at.join(', ')}`
        : `${every(form.interval, 'hour')}${windowOf(form, ' from ', ' to ')}`;
    case 'day':
      return `every day at ${form.at}`;
    case 'week': {
      const days = form.on.map((day) => `${day.slice(0, 1)}${day.slice(1).toLowerCase()}`);
      return `every ${days.join(', ')} at ${form.at}`;
    }
    case 'month': {
      const days = form.on.map((day) => (day === 'last' ? 'the last day' : `day ${day}`));
      return `every month on ${days.join(', ')} at ${form.at}`;
    }
    case 'year':
      return `every year on ${form.on.join(', ')} at ${form.at}`;
  }
};

const chinese = (form: Form): string => {
  switch (form.every) {
    case 'minute':
      return `${windowOf(form, '', '–', ' ')}每 ${form.interval} 分钟`;
    case 'hour':
      return form.at
        ? `每天 ${form.at.join('、')}`
        : `${windowOf(form, '', '–', ' ')}每 ${form.interval} 小时`;
    case 'day':
      return `每天 ${form.at}`;
    case 'week':
      return `每周${form.on.map((day) => weekdaysZh[day]).join('、')} ${form.at}`;
    case 'month':
      return `每月${form.on.map((day) => (day === 'last' ? '最后一天' : ` ${day} 日`)).join('、')} ${form.at}`;
    case 'year':
      return `每年 ${form.on.join('、')} ${form.at}`;
  }
};

const words = { en: english, zh: chinese } as const;

const every = (count: number, unit: string): string =>
  count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;

const windowOf = (
  { from, to }: { readonly from: string; readonly to: string },
  before: string,
  between: string,
  after = '',
): string => (from === '00:00' && to === '23:59' ? '' : `${before}${from}${between}${to}${after}`);

/** The form that says the same as a simple cron: at most three times on all days, some weekdays or some days of the month. */
const formOf = ({ fields, secondsOfDay, interval }: Cron): Form | undefined => {
  const day = fields['day-of-month'];
  const weekday = fields['day-of-week'];
  if (!fields.month.any || !fields.year.any || day.special.length + weekday.special.length > 0) {
    return undefined;
  }

  const [first = 0, second] = secondsOfDay;
  const times = secondsOfDay.map(clockOf);
  const at = times[0];
  if (at === undefined || secondsOfDay.some((time) => time % 60 !== 0)) return undefined;

  if (day.any && weekday.any) {
    if (interval && second !== undefined) return intervalOf(secondsOfDay, second - first);
    if (times.length > 3) return undefined;
    return times.length === 1
      ? { every: 'day', at }
      : { every: 'hour', interval: 1, from: '00:00', to: '23:59', at: times };
  }
  if (times.length > 1 || !(day.any || weekday.any)) return undefined;
  return day.any
    ? { every: 'week', on: weekday.values.flatMap((value) => weekdays[value] ?? []), at }
    : { every: 'month', on: [...day.values], at };
};

const intervalOf = (times: readonly number[], step: number): Form | undefined => {
  const [first = 0] = times;
  const even = times.every((time, index) => time === first + index * step);
  if (!even || first + times.length * step !== first + 86_400 || first !== 0) return undefined;
  const window = { from: '00:00', to: '23:59' };
  return step % 3600 === 0
    ? { every: 'hour', interval: step / 3600, ...window }
    : { every: 'minute', interval: step / 60, ...window };
};

const clockOf = (second: number): string =>
  `${String(Math.floor(second / 3600)).padStart(2, '0')}:${String(Math.floor(second / 60) % 60).padStart(2, '0')}`;
