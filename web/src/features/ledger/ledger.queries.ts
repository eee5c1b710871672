import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { call } from '../../api/call.ts';

export type ProjectPlace = { readonly env: Env; readonly project: string };

export const ledgerQuery = ({ env, project }: ProjectPlace, days: number) =>
  queryOptions({
    queryKey: ['ledger', env, project, days],
    queryFn: () => call('getLedger', { params: { project }, query: { env, days } }),
    placeholderData: keepPreviousData,
  });

export const ledgerDayQuery = (
  { env, project }: ProjectPlace,
  bizDate: string,
  cursor: string | undefined,
) =>
  queryOptions({
    queryKey: ['ledger', env, project, 'day', bizDate, cursor],
    queryFn: () =>
      call('getLedgerDay', { params: { project, bizDate }, query: { env, limit: 50, cursor } }),
    placeholderData: keepPreviousData,
  });

/** Asks for a date again; the same key asks once. */
export const useGenerate = ({ env, project }: ProjectPlace) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ bizDate, idempotencyKey }: { bizDate: string; idempotencyKey: string }) =>
      call('requestGeneration', { params: { project }, body: { bizDate, env }, idempotencyKey }),
    onSuccess: () => client.invalidateQueries(),
  });
};
