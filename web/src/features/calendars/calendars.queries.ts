import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { CalendarView } from '../../../../shared/contracts/api/catalog-routes.ts';
import type { Calendar } from '../../../../shared/domain/calendar/calendar.schema.ts';
import { call } from '../../api/call.ts';

export type CalendarRow = z.infer<typeof CalendarView>;

const keys = { all: ['calendars'] as const };

export const calendarsQuery = () =>
  queryOptions({ queryKey: keys.all, queryFn: () => call('listCalendars', {}) });

/** The tasks that name a calendar. */
export const calendarUseQuery = (name: string) =>
  queryOptions({
    queryKey: [...keys.all, name, 'use'],
    queryFn: () => call('getCalendarUse', { params: { name } }),
  });

/** Creates a calendar, or replaces the one of revision `rev`. */
export const useSaveCalendar = () =>
  useChange(
    ({ calendar, rev }: { calendar: z.input<typeof Calendar>; rev: number | undefined }) => {
      const { name, ...body } = calendar;
      return rev === undefined
        ? call('createCalendar', { body: calendar })
        : call('updateCalendar', { params: { name }, body, ifMatch: rev });
    },
  );

export const useDeleteCalendar = () =>
  useChange(({ name, rev }: Pick<CalendarRow, 'name' | 'rev'>) =>
    call('deleteCalendar', { params: { name }, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
