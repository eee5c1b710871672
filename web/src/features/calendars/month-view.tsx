import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Calendar } from '../../../../shared/domain/calendar/calendar.schema.ts';
import { isCalendarDay } from '../../../../shared/domain/calendar/is-calendar-day.ts';
import { weeksOfMonth } from '../../../../shared/domain/calendar/weeks-of-month.ts';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { Weekday } from '../../../../shared/domain/pool/pool.schema.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';

/** One month: each day a button that says whether it is a working day, and whether that is an exception to the week. */
export const MonthView = ({
  calendar,
  month,
  today,
  disabled,
  onMonth,
  onToggle,
}: {
  calendar: Pick<Calendar, 'weekdays' | 'holidays' | 'extraDays'>;
  /** `YYYY-MM` */
  month: string;
  today: string;
  disabled: boolean;
  onMonth: (month: string) => void;
  onToggle: (day: string) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const title = new Intl.DateTimeFormat(language, {
    ...{ timeZone: 'UTC', year: 'numeric', month: 'long' },
  }).format(new Date(`${month}-01T00:00:00Z`));
  const exceptions = new Set([...calendar.holidays, ...calendar.extraDays]);
  const labelOf = (day: string, working: boolean) =>
    [
      // What is seen comes first, so that it can be spoken to choose the day.
      `${Number(day.slice(8))}: ${day}`,
      t(working ? 'calendars.working' : 'calendars.off'),
      ...(exceptions.has(day) ? [t('calendars.exception')] : []),
    ].join(', ');

  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Button
          iconName="angle-left"
          variant="icon"
          ariaLabel={t('calendars.previous')}
          onClick={() => onMonth(plusDays(`${month}-01`, -1).slice(0, 7))}
        />
        <Box variant="h2" padding="n">
          <span aria-live="polite">{title}</span>
        </Box>
        <Button
          iconName="angle-right"
          variant="icon"
          ariaLabel={t('calendars.following')}
          onClick={() => onMonth(plusDays(`${month}-28`, 7).slice(0, 7))}
        />
      </SpaceBetween>
      <table className="month" aria-label={title}>
        <thead>
          <tr>
            {Weekday.options.map((day) => (
              <th key={day} scope="col">
                {t(`weekday.${day}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOfMonth(month).map((week) => (
            <tr key={week.find((day) => day !== undefined)}>
              {week.map((day, n) => {
                if (day === undefined) return <td key={Weekday.options[n]} />;
                const working = isCalendarDay(calendar, day);
                const marks = [
                  'month-day',
                  working ? 'month-working' : 'month-off',
                  exceptions.has(day) ? 'month-exception' : '',
                  day === today ? 'month-today' : '',
                ];
                return (
                  <td key={day}>
                    <button
                      type="button"
                      className={marks.join(' ')}
                      aria-pressed={working}
                      aria-label={labelOf(day, working)}
                      disabled={disabled}
                      onClick={() => onToggle(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Box variant="small">{t('calendars.toggle-hint')}</Box>
    </SpaceBetween>
  );
};
