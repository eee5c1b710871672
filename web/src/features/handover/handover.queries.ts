import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { call } from '../../api/call.ts';

const keys = { all: ['handover'] as const };

/** What happened since the person marked the project as read, or in the last `hours`. */
export const handoverQuery = (
  project: string,
  env: Env,
  hours: number | undefined,
  now: () => number,
) =>
  queryOptions({
    queryKey: [...keys.all, 'told', project, env, hours],
    queryFn: () =>
      call('getHandover', {
        params: { project },
        query: {
          env,
          ...(hours === undefined
            ? {}
            : { since: new Date(now() - hours * 3_600_000).toISOString() }),
        },
      }),
  });

export const notesQuery = (project: string, cursor: string | undefined) =>
  queryOptions({
    queryKey: [...keys.all, 'notes', project, cursor],
    queryFn: () => call('listHandoverNotes', { params: { project }, query: { limit: 20, cursor } }),
  });

export const runbookQuery = (instance: string) =>
  queryOptions({
    queryKey: [...keys.all, 'runbook', instance],
    queryFn: () => call('getRunbook', { params: { instance } }),
    staleTime: 60_000,
  });

export const useMarkRead = (project: string) =>
  useChange((at: string) => call('markHandoverRead', { params: { project }, body: { at } }));

export const useAddNote = (project: string) =>
  useChange((text: string) => call('addHandoverNote', { params: { project }, body: { text } }));

export const useEditNote = (project: string) =>
  useChange(({ note, rev, text }: { note: string; rev: number; text: string }) =>
    call('editHandoverNote', { params: { project, note }, body: { text }, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Nobody waits for what is read anew: the field is free for the next words at once.
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.all });
    },
  });
};
