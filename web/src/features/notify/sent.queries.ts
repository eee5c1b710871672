import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import { call } from '../../api/call.ts';

type NoticeFilter = NonNullable<CallInput<Routes['listNotices']>['query']>;
type DeliveryFilter = NonNullable<CallInput<Routes['listDeliveries']>['query']>;
type AlertFilter = NonNullable<CallInput<Routes['listAlertEvents']>['query']>;

export const noticesQuery = (project: string, filter: NoticeFilter, since: () => string) =>
  queryOptions({
    queryKey: ['notices', project, filter],
    queryFn: () =>
      call('listNotices', { params: { project }, query: { ...filter, from: since() } }),
    placeholderData: keepPreviousData,
  });

export const noticeQuery = (project: string, notice: string) =>
  queryOptions({
    queryKey: ['notices', project, 'one', notice],
    queryFn: () => call('getNotice', { params: { project, notice } }),
  });

export const deliveriesQuery = (project: string, filter: DeliveryFilter, since: () => string) =>
  queryOptions({
    queryKey: ['deliveries', project, filter],
    queryFn: () =>
      call('listDeliveries', { params: { project }, query: { ...filter, from: since() } }),
    placeholderData: keepPreviousData,
  });

export const alertsQuery = (filter: AlertFilter) =>
  queryOptions({
    queryKey: ['alerts', filter],
    queryFn: () => call('listAlertEvents', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const useResend = (project: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (notice: string) => call('resendNotice', { params: { project, notice }, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices', project] }),
  });
};
