import { dutyAt, dutyCalendar } from '../../shared/domain/duty/duty-at.ts';
import type { DutySchedule } from '../../shared/domain/duty/duty-schedule.schema.ts';
import { peopleOf } from '../../shared/domain/duty/people-of.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';

type Reads = Pick<
  ApiHandlers<'messages'>,
  'listDutySchedules' | 'getDutySchedule' | 'previewDuty' | 'previewDutyDraft' | 'whoIsOnDuty'
>;

/** Days of one preview. */
const mostDays = 92;

/** On-duty schedules: who is told when. */
export const readDuty = ({ catalog, clock }: ApiStores): Reads => ({
  async listDutySchedules({ query: { text } }) {
    const wanted = text?.trim().toLowerCase();
    const all = await catalog.allDuties();
    return ok({
      items:
        wanted === undefined
          ? all
          : all.filter((schedule) =>
              [schedule.name, schedule.title, ...peopleOf(schedule)].some((word) =>
                word.toLowerCase().includes(wanted),
              ),
            ),
    });
  },

  async getDutySchedule({ params: { name } }) {
    const schedule = await catalog.findDuty(name);
    return schedule ? ok(schedule) : err(noDuty(name));
  },

  async previewDuty({ params: { name }, query }) {
    const wrong = wrongDays(query);
    if (wrong) return wrong;
    const schedule = await catalog.findDuty(name);
    return schedule ? ok({ shifts: shiftsOf(schedule, query) }) : err(noDuty(name));
  },

  async previewDutyDraft({ query, body }) {
    return wrongDays(query) ?? ok({ shifts: shiftsOf(body, query) });
  },

  async whoIsOnDuty({ params: { name }, query }) {
    const schedule = await catalog.findDuty(name);
    if (!schedule) return err(noDuty(name));
    const at = query.at ?? clock();
    const { shift, ...duty } = dutyAt(schedule, at);
    return ok({
      at,
      ...duty,
      ...(shift ? { shift: { ...shift, others: [...shift.others] } } : {}),
    });
  },
});

const shiftsOf = (schedule: DutySchedule, days: { from: string; to: string }) =>
  dutyCalendar(schedule, days).map((shift) => ({ ...shift, others: [...shift.others] }));

const wrongDays = ({ from, to }: { readonly from: string; readonly to: string }) => {
  const message =
    to < from
      ? 'must not come before `from`'
      : to > plusDays(from, mostDays - 1)
        ? `must come at most ${mostDays} days after \`from\``
        : undefined;
  return message === undefined
    ? undefined
    : err({
        code: 'invalid-input' as const,
        detail: `query.to: ${message}`,
        errors: [{ path: 'query.to', message }],
      });
};

export const noDuty = (name: string) =>
  ({ code: 'duty-schedule-not-found', detail: `there is no on-duty schedule ${name}` }) as const;
