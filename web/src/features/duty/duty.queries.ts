import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { DutyScheduleView } from '../../../../shared/contracts/api/duty-routes.ts';
import type { DutySchedule } from '../../../../shared/domain/duty/duty-schedule.schema.ts';
import { call } from '../../api/call.ts';

const keys = { all: ['duty'] } as const;

export const dutySchedulesQuery = (text: string | undefined) =>
  queryOptions({
    queryKey: [...keys.all, 'list', text ?? ''],
    queryFn: () => call('listDutySchedules', { query: { text } }),
    placeholderData: keepPreviousData,
  });

export const onDutyQuery = (name: string) =>
  queryOptions({
    queryKey: [...keys.all, 'now', name],
    queryFn: () => call('whoIsOnDuty', { params: { name }, query: {} }),
  });

/** Shifts of a schedule as it is typed. */
export const draftShiftsQuery = (
  draft: z.input<typeof DutySchedule>,
  range: { readonly from: string; readonly to: string },
) =>
  queryOptions({
    queryKey: [...keys.all, 'draft', draft, range],
    queryFn: () => call('previewDutyDraft', { query: range, body: draft }),
    retry: false,
  });

export const shiftsQuery = (name: string, range: { readonly from: string; readonly to: string }) =>
  queryOptions({
    queryKey: [...keys.all, 'shifts', name, range],
    queryFn: () => call('previewDuty', { params: { name }, query: range }),
  });

/** Creates a schedule, or replaces the one of revision `rev`. */
export const useSaveDuty = () =>
  useChange(
    ({ schedule, rev }: { schedule: z.input<typeof DutySchedule>; rev: number | undefined }) => {
      const { name, ...body } = schedule;
      return rev === undefined
        ? call('createDutySchedule', { body: schedule })
        : call('updateDutySchedule', { params: { name }, body, ifMatch: rev });
    },
  );

export const useDeleteDuty = () =>
  useChange(({ name, rev }: DutyScheduleView) =>
    call('deleteDutySchedule', { params: { name }, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
