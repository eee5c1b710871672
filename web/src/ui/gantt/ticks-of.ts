import type { GanttSpan } from './gantt.ts';

const minute = 60_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((each) => each * minute);

/** Instants (epoch milliseconds) to write on the axis: at most `most`, at round times of the zone's wall clock. */
export const ticksOf = ({ from, to }: GanttSpan, zone: string, most: number): readonly number[] => {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const step = steps.find((each) => (end - start) / each <= most) ?? 7 * 1440 * minute;
  const offset = wallClockAhead(zone, start);
  const first = Math.ceil((start + offset) / step) * step - offset;
  const count = Math.max(0, Math.floor((end - first) / step) + 1);
  return Array.from({ length: count }, (_, n) => first + n * step);
};

/** What the clocks of a zone are ahead of UTC, in milliseconds. */
const wallClockAhead = (zone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    ...([read('year'), read('month') - 1, read('day'), read('hour'), read('minute')] as const),
  );
  return wall - Math.floor(at / minute) * minute;
};
