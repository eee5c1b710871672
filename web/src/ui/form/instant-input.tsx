import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import TimeInput from '@cloudscape-design/components/time-input';
import { instantOfLocal } from '../../../../shared/domain/schedule/instant-of-local.ts';
import { useT } from '../i18n/language-provider.tsx';
import { useShownZone } from '../time/time-provider.tsx';

/** A date and a time as they are typed; both texts may be unfinished. */
export type TypedInstant = { readonly date: string; readonly time: string };

/** The instant of what was typed; undefined while it is unfinished. */
export const instantOfTyped = ({ date, time }: TypedInstant, zone: string): string | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(date) && /^\d\d:\d\d$/.test(time)
    ? instantOfLocal(`${date}T${time}`, zone)
    : undefined;

/** Asks for an instant in the zone of the header. */
export const InstantInput = ({
  label,
  value,
  errorText,
  isDateEnabled,
  onChange,
}: {
  label: string;
  value: TypedInstant;
  errorText?: string | undefined;
  /** Which days, YYYY-MM-DD, can be chosen in the calendar. Default: all. */
  isDateEnabled?: (day: string) => boolean;
  onChange: (value: TypedInstant) => void;
}) => {
  const t = useT();
  const zone = useShownZone();

  return (
    <div className="instant-input">
      <FormField label={`${label}: ${t('holds.date')}`} errorText={errorText}>
        <DatePicker
          value={value.date}
          placeholder="YYYY/MM/DD"
          openCalendarAriaLabel={() => t('holds.date')}
          {...(isDateEnabled && {
            isDateEnabled: (date: Date) => isDateEnabled(calendarDayOf(date)),
          })}
          onChange={({ detail }) => onChange({ ...value, date: detail.value })}
        />
      </FormField>
      <FormField label={t('holds.time', { zone })}>
        <TimeInput
          value={value.time}
          format="hh:mm"
          placeholder="hh:mm"
          onChange={({ detail }) => onChange({ ...value, time: detail.value })}
        />
      </FormField>
    </div>
  );
};

/** The calendar hands over a day as midnight of the browser. */
const calendarDayOf = (date: Date): string =>
  [
    String(date.getFullYear()),
    String(date.getMonth() + 1).padStart(2, '0'),
    String(date.getDate()).padStart(2, '0'),
  ].join('-');
