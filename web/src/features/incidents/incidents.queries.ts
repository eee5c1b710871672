import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import { call } from '../../api/call.ts';

type Filter = NonNullable<CallInput<Routes['listIncidents']>['query']>;

const keys = { all: ['incidents'] } as const;

export const incidentsQuery = (filter: Filter) =>
  queryOptions({
    queryKey: [...keys.all, filter],
    queryFn: () => call('listIncidents', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const incidentQuery = (incident: string) =>
  queryOptions({
    queryKey: [...keys.all, 'one', incident],
    queryFn: () => call('getIncident', { params: { incident } }),
  });

export const membersQuery = (incident: string, cursor: string | undefined) =>
  queryOptions({
    queryKey: [...keys.all, 'members', incident, cursor ?? ''],
    queryFn: () => call('listIncidentMembers', { params: { incident }, query: { cursor } }),
    placeholderData: keepPreviousData,
  });

export type IncidentAct =
  | { readonly act: 'acknowledge' | 'unsnooze' | 'close'; readonly comment?: string | undefined }
  | { readonly act: 'snooze'; readonly until: string; readonly comment?: string | undefined }
  | { readonly act: 'note'; readonly text: string };

/** What a person does about an incident. */
export const useIncidentAct = (incident: string) => {
  const client = useQueryClient();
  const params = { incident };
  return useMutation({
    mutationFn: async (what: IncidentAct): Promise<unknown> => {
      switch (what.act) {
        case 'acknowledge':
          return call('acknowledgeIncident', { params, body: { comment: what.comment } });
        case 'unsnooze':
          return call('unsnoozeIncident', { params, body: { comment: what.comment } });
        case 'close':
          return call('closeIncident', { params, body: { comment: what.comment } });
        case 'snooze':
          return call('snoozeIncident', {
            params,
            body: { until: what.until, comment: what.comment },
          });
        case 'note':
          return call('noteIncident', { params, body: { text: what.text } });
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
