import { describe, expect, it } from 'vitest';
import { describeSchedule } from './describe-schedule.ts';
import { Schedule } from './schedule.schema.ts';

describe('a schedule in words', () => {
  it.each([
    [{ every: 'day', at: '02:30' }, 'every day at 02:30', '每天 02:30'],
    [{ every: 'minute', interval: 5 }, 'every 5 minutes', '每 5 分钟'],
    [
      { every: 'minute', interval: 10, from: '09:00', to: '17:00' },
      'every 10 minutes from 09:00 to 17:00',
      '09:00–17:00 每 10 分钟',
    ],
    [{ every: 'hour' }, 'every hour', '每 1 小时'],
    [{ every: 'hour', at: ['01:00', '13:00'] }, 'every day at 01:00, 13:00', '每天 01:00、13:00'],
    [
      { every: 'week', on: ['MON', 'SUN'], at: '06:00' },
      'every Mon, Sun at 06:00',
      '每周一、日 06:00',
    ],
    [
      { every: 'month', on: [1, 'last'] },
      'every month on day 1, the last day at 00:00',
      '每月 1 日、最后一天 00:00',
    ],
    [{ every: 'year', on: ['01-01'] }, 'every year on 01-01 at 00:00', '每年 01-01 00:00'],
    [{ every: 'cron', cron: '30 2 * * *' }, 'every day at 02:30', '每天 02:30'],
    [
      { every: 'cron', cron: 'cron(0 6 ? * MON-FRI *)' },
      'every Mon, Tue, Wed, Thu, Fri at 06:00',
      undefined,
    ],
    [{ every: 'cron', cron: '*/15 * * * *' }, 'every 15 minutes', '每 15 分钟'],
    [{ every: 'cron', cron: '0 */2 * * *' }, 'every 2 hours', '每 2 小时'],
    [{ every: 'cron', cron: '0 0 1 * *' }, 'every month on day 1 at 00:00', '每月 1 日 00:00'],
    [{ every: 'cron', cron: '*/7 1 * * *' }, '*/7 1 * * *', '*/7 1 * * *'],
    [{ every: 'cron', cron: '0 0 * * FRI#2' }, '0 0 * * FRI#2', '0 0 * * FRI#2'],
  ])('%j', (given, english, chinese) => {
    const schedule = Schedule.parse(given);
    expect(describeSchedule(schedule, 'en')).toBe(english);
    if (chinese !== undefined) expect(describeSchedule(schedule, 'zh')).toBe(chinese);
  });
});
