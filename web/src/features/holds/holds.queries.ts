import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import { call } from '../../api/call.ts';

const keys = { all: ['holds'] as const };
const plans: ReadonlySet<string> = new Set(['freeze-plan', 'thaw-plan']);

/** Holds of a project (default: all), with what each is about right now. */
export const holdsQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: [...keys.all, 'list', project],
    queryFn: () => call('listHolds', { query: { project, counts: 'true' } }),
  });

/** What lasts now, for the banner of every page: one small partition is read, nothing is counted. */
export const activeHoldsQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: [...keys.all, 'active', project],
    queryFn: () => call('listHolds', { query: { project, active: 'true' } }),
    staleTime: 15_000,
  });

export const holdQuery = (hold: string) =>
  queryOptions({
    queryKey: [...keys.all, 'one', hold],
    queryFn: () => call('getHold', { params: { hold } }),
  });

/** What a freeze would mean; counted when the dialog opens and not again while it is read. */
export const freezePlanQuery = () =>
  queryOptions({
    queryKey: [...keys.all, 'freeze-plan'],
    queryFn: () => call('planFreeze', {}),
    meta: { live: false },
    gcTime: 0,
  });

export const thawPlanQuery = (hold: string) =>
  queryOptions({
    queryKey: [...keys.all, 'thaw-plan', hold],
    queryFn: () => call('planThaw', { params: { hold } }),
    gcTime: 0,
  });

export const useCreateHold = () =>
  useChange((body: CallInput<Routes['createHold']>['body']) => call('createHold', { body }));

type Edit = { readonly hold: string; readonly rev: number };

export const useUpdateHold = () =>
  useChange(({ hold, rev, ...body }: Edit & CallInput<Routes['updateHold']>['body']) =>
    call('updateHold', { params: { hold }, body, ifMatch: rev }),
  );

export const useLiftHold = () =>
  useChange(({ hold, rev, comment }: Edit & { readonly comment: string | undefined }) =>
    call('liftHold', { params: { hold }, query: { comment }, ifMatch: rev }),
  );

export const useFreeze = () =>
  useChange((body: CallInput<Routes['freezeEverything']>['body']) =>
    call('freezeEverything', { body }),
  );

export const useThaw = () =>
  useChange(({ hold, rev, ...body }: Edit & CallInput<Routes['thawHold']>['body']) =>
    call('thawHold', { params: { hold }, body, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Not the plans: the dialog that shows one is about to close, and its hold may be gone.
    onSuccess: () =>
      client.invalidateQueries({
        queryKey: keys.all,
        predicate: ({ queryKey }) => !plans.has(String(queryKey[1])),
      }),
  });
};
