import { Cron } from 'croner';
import { HostError } from './host-error.ts';

/** Next fire after an instant, both in epoch milliseconds. */
export type NextFire = (after: number) => number;

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** `rate(…)` on whole multiples of its period, `cron(…)` in UTC; what else AWS knows is refused. */
export const nextFire = (expression: string, zone: string, owner: string): NextFire => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count !== undefined && unit !== undefined) {
    const period = Number(count) * units[unit as keyof typeof units];
    return (after) => (Math.floor(after / period) + 1) * period;
  }

  const [, fields] = /^cron\(([^)]+)\)$/.exec(expression) ?? [];
  const [minute, hour, day = '', month, weekday = '', year] = fields?.split(/\s+/) ?? [];
  if (year !== '*' || !/^(UTC|Etc\/UTC)$/.test(zone) || !/^[*?]$/.test(weekday))
    throw new HostError(
      `the local host does not know the schedule ${expression} ${zone} of ${owner}`,
    );
  const cron = new Cron(`${minute} ${hour} ${day.replace('?', '*')} ${month} *`, {
    timezone: 'UTC',
    sloppyRanges: true,
  });
  return (after) => cron.nextRun(new Date(after))?.getTime() ?? Number.POSITIVE_INFINITY;
};
