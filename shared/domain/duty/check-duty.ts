import type { DutySchedule } from './duty-schedule.schema.ts';
import { peopleOf } from './people-of.ts';

/** Most people of one schedule, so that it is saved together with who it names. */
const mostPeople = 90;

/** All that is wrong with a schedule beyond its shape; `contacts` are the names that exist. */
export const checkDuty = (
  schedule: Omit<DutySchedule, 'name'>,
  contacts: ReadonlySet<string>,
): readonly { readonly path: string; readonly message: string }[] => {
  const { turns, swaps, hours, outside } = schedule;
  const problems: { path: string; message: string }[] = [];
  const say = (path: string, message: string) => problems.push({ path, message });
  const mustExist = (path: string, name: string) => {
    if (!contacts.has(name)) say(path, `there is no contact ${name}`);
  };

  turns.forEach(({ primary, backup, others }, n) => {
    mustExist(`turns[${n}].primary`, primary);
    if (backup !== undefined) mustExist(`turns[${n}].backup`, backup);
    if (backup === primary) say(`turns[${n}].backup`, 'must be somebody else than the primary');
    for (const [m, name] of others.entries()) mustExist(`turns[${n}].others[${m}]`, name);
  });
  swaps.forEach(({ date, primary }, n) => {
    mustExist(`swaps[${n}].primary`, primary);
    if (swaps.findIndex((other) => other.date === date) < n)
      say(`swaps[${n}].date`, `names ${date} twice`);
  });
  if (outside?.kind === 'contact') mustExist('outside.name', outside.name);
  if (hours && hours.from === hours.to)
    say('hours.to', '`from` and `to` must differ; leave the hours out for all day');
  if (hours && !outside) say('outside', 'is missing; say who is told outside of the hours');
  if (!hours && outside) say('outside', 'belongs to hours; duty lasts all day without them');
  if (peopleOf(schedule).length > mostPeople)
    say('turns', `names more than ${mostPeople} people; make two schedules`);
  return problems;
};
