import { Temporal } from 'temporal-polyfill';
import { laterOf, plusDays } from '../kernel/calendar-day.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import { isWithinDay } from '../schedule/within-day.ts';
import type { DutySchedule } from './duty-schedule.schema.ts';

/** Who has the shift from one instant up to another (that one excluded). */
export type Shift = {
  readonly from: Instant;
  readonly to: Instant;
  readonly primary: string;
  readonly backup?: string | undefined;
  readonly others: readonly string[];
  /** Somebody stands in for the primary on this day. */
  readonly swapped: boolean;
};

/** Whom the schedule points to at an instant. */
export type OnDuty = {
  /** False outside of the hours of the schedule, where `outside` counts. */
  readonly within: boolean;
  /** Missing before the first shift. */
  readonly shift?: Shift | undefined;
  readonly outside?: DutySchedule['outside'];
};

/** Who is on duty at an instant (nodes-and-instances 7.5). */
export const dutyAt = (schedule: DutySchedule, at: Instant): OnDuty => {
  const { hours, zone, outside } = schedule;
  const within = hours === undefined || isWithinDay(hours, at, zone);
  return { within, shift: shiftAt(schedule, at), ...(within ? {} : { outside }) };
};

/** The shift of an instant; undefined before the first. Every later instant is in exactly one. */
export const shiftAt = (schedule: DutySchedule, at: Instant): Shift | undefined => {
  const turn = turnAt(schedule, at);
  if (turn === undefined) return undefined;
  const from = handOver(schedule, turn);
  const to = handOver(schedule, turn + 1);
  const shift = { from, to, swapped: false, ...peopleOfTurn(schedule, turn) };
  if (schedule.swaps.length === 0) return shift;

  const day = dutyDayOf(schedule, at);
  const standIn = standInOn(schedule, day);
  if (standIn !== undefined)
    return {
      ...shift,
      from: beginOf(schedule, day),
      to: beginOf(schedule, plusDays(day, 1)),
      primary: standIn,
      swapped: true,
    };
  return { ...shift, ...betweenSwaps(schedule, day, shift) };
};

/** The shifts that touch the days `from` to `to` (both included), in order. */
export const dutyCalendar = (
  schedule: DutySchedule,
  { from, to }: { readonly from: BizDate; readonly to: BizDate },
): readonly Shift[] => {
  const first = handOver(schedule, 0);
  const start = instantOfLocal(`${from}T00:00`, schedule.zone);
  const end = instantOfLocal(`${plusDays(to, 1)}T00:00`, schedule.zone);
  const shifts: Shift[] = [];
  let at = laterOf(start, first);
  while (at < end) {
    const shift = shiftAt(schedule, at);
    if (!shift) break;
    shifts.push(shift);
    at = shift.to;
  }
  return shifts;
};

type Rotation = Pick<DutySchedule, 'zone' | 'every' | 'startsOn' | 'handOverAt' | 'hours'>;

/** Shifts begin with the hours of a schedule that has some. */
const clockOf = ({ hours, handOverAt }: Rotation): string => hours?.from ?? handOverAt;

/** When duty of a calendar day begins. */
const beginOf = (schedule: Rotation, day: BizDate): Instant =>
  instantOfLocal(`${day}T${clockOf(schedule)}`, schedule.zone);

/** The day whose duty an instant belongs to: the night after belongs to the day before. */
const dutyDayOf = (schedule: Rotation, at: Instant): BizDate => {
  const day = localDateAt(at, schedule.zone);
  return beginOf(schedule, day) <= at ? day : plusDays(day, -1);
};

/** The day that turn `n` (from 0) begins. Months count from the first day, so that 31 January comes back in March. */
const firstDayOf = ({ startsOn, every }: Rotation, n: number): BizDate => {
  const steps = every.count * n;
  if (every.unit !== 'month') return plusDays(startsOn, steps * (every.unit === 'week' ? 7 : 1));
  return Temporal.PlainDate.from(startsOn).add({ months: steps }).toString();
};

const handOver = (schedule: Rotation, n: number): Instant =>
  beginOf(schedule, firstDayOf(schedule, n));

/** Number of the turn of an instant, from 0. */
const turnAt = (schedule: Rotation, at: Instant): number | undefined => {
  const { startsOn, every } = schedule;
  const day = dutyDayOf(schedule, at);
  if (day < startsOn) return undefined;
  const since = Temporal.PlainDate.from(startsOn).until(day, {
    largestUnit: every.unit === 'month' ? 'month' : 'day',
  });
  const units = every.unit === 'month' ? since.months : since.days;
  let turn = Math.floor(units / (every.count * (every.unit === 'week' ? 7 : 1)));
  // 28 February is a whole month after 31 January here, which `until` does not say.
  while (firstDayOf(schedule, turn + 1) <= day) turn += 1;
  while (firstDayOf(schedule, turn) > day) turn -= 1;
  return turn;
};

const peopleOfTurn = (
  { turns }: DutySchedule,
  turn: number,
): Pick<Shift, 'primary' | 'backup' | 'others'> => {
  const people = turns[turn % turns.length];
  return people ?? { primary: '', others: [] };
};

const standInOn = ({ swaps }: DutySchedule, day: BizDate): string | undefined =>
  swaps.find(({ date }) => date === day)?.primary;

/** What is left of a shift around `day` between the days on which somebody stands in. */
const betweenSwaps = (
  schedule: DutySchedule,
  day: BizDate,
  { from, to }: Pick<Shift, 'from' | 'to'>,
): Pick<Shift, 'from' | 'to'> => {
  const days = schedule.swaps.map(({ date }) => date).toSorted();
  const before = days.findLast((date) => date < day);
  const after = days.find((date) => date > day);
  const begin = before === undefined ? from : beginOf(schedule, plusDays(before, 1));
  const end = after === undefined ? to : beginOf(schedule, after);
  return { from: begin > from ? begin : from, to: end < to ? end : to };
};
