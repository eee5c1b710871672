import type { Language } from '../i18n/translate.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;

  const made = new Intl.DateTimeFormat(language, options);
  formats.set(key, made);
  return made;
};

/** Date and time of an instant in a zone, to the second: `Nov 20, 2026, 02:00:00`. */
export const formatInstant = (at: string | number, zone: string, language: Language): string =>
  formatOf(language, {
    timeZone: zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));

/** The same without the year and, on `today`, without the date: what a narrow column shows. */
export const formatShort = (at: string, zone: string, language: Language, now: number): string => {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const sameDay = dayIn(zone, Date.parse(at)) === dayIn(zone, now);
  const date = sameDay ? {} : ({ month: 'short', day: 'numeric' } as const);
  return formatOf(language, { timeZone: zone, ...date, ...time }).format(new Date(at));
};

/** Name of the zone with its offset at that instant: `Europe/Berlin (GMT+1)`. */
export const zoneText = (zone: string, at: string | number, language: Language): string => {
  if (zone === 'UTC') return 'UTC';
  const parts = formatOf(language, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    new Date(at),
  );
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${zone} (${offset})`;
};

/** A business date is a calendar day: formatted as one, in no zone, so it never shifts. */
export const formatBizDate = (day: string, language: Language): string =>
  formatOf(language, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export const dayIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(at));

const duration = (
  language: Language,
  value: number,
  unit: 'millisecond' | 'second' | 'minute' | 'hour' | 'day',
): string =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'narrow',
    maximumFractionDigits: unit === 'second' && value < 10 ? 1 : 0,
  }).format(value);

/** Two largest units of a span of milliseconds: `2h 5m`, `14s`, `340ms`. */
export const formatDuration = (ms: number, language: Language): string => {
  if (ms < 1_000) return duration(language, Math.max(0, Math.round(ms)), 'millisecond');
  if (ms < 60_000) return duration(language, ms / 1_000, 'second');

  const [large, small, size] =
    ms < 3_600_000
      ? (['minute', 'second', 60_000] as const)
      : ms < 86_400_000
        ? (['hour', 'minute', 3_600_000] as const)
        : (['day', 'hour', 86_400_000] as const);
  const smallSize = { second: 1_000, minute: 60_000, hour: 3_600_000 }[small];
  const rest = Math.floor((ms % size) / smallSize);
  const first = duration(language, Math.floor(ms / size), large);
  return rest === 0 ? first : `${first} ${duration(language, rest, small)}`;
};

/** How far an instant lies from now: `in 5 min`, `2 hr ago`. */
export const formatRelative = (at: string, now: number, language: Language): string => {
  const seconds = (Date.parse(at) - now) / 1_000;
  const size = Math.abs(seconds);
  const [value, unit] =
    size < 60
      ? ([seconds, 'second'] as const)
      : size < 3_600
        ? ([seconds / 60, 'minute'] as const)
        : size < 86_400
          ? ([seconds / 3_600, 'hour'] as const)
          : ([seconds / 86_400, 'day'] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }).format(
    Math.round(value),
    unit,
  );
};
