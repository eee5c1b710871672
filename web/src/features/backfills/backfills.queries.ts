import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import type { BackfillSpec } from '../../../../shared/domain/backfill/backfill.schema.ts';
import { call } from '../../api/call.ts';

type ListFilter = NonNullable<CallInput<Routes['listBackfills']>['query']>;

export type BackfillPlace = { readonly project: string; readonly backfill: string };

const keys = {
  all: ['backfills'] as const,
  one: ({ project, backfill }: BackfillPlace) => [...keys.all, project, backfill] as const,
};

export const backfillsQuery = (filter: ListFilter) =>
  queryOptions({
    queryKey: [...keys.all, 'list', filter],
    queryFn: () => call('listBackfills', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const backfillQuery = (place: BackfillPlace) =>
  queryOptions({
    queryKey: keys.one(place),
    queryFn: () => call('getBackfill', { params: { ...place } }),
  });

/** Tasks that one answer holds. The API pages by cursor, so block n follows from the one before. */
const matrixBlock = 200;

export const matrixQuery = (place: BackfillPlace, from: number, cursor: string | undefined) =>
  queryOptions({
    queryKey: [...keys.one(place), 'matrix', from, cursor],
    queryFn: () =>
      call('getBackfillMatrix', {
        params: { ...place },
        query: { from, dates: 14, limit: matrixBlock, cursor },
      }),
    placeholderData: keepPreviousData,
  });

export type AskedBackfill = z.input<typeof BackfillSpec> & {
  readonly comment?: string | undefined;
};

export const usePreviewBackfill = () =>
  useMutation({
    mutationFn: ({ project, spec }: { project: string; spec: AskedBackfill }) =>
      call('previewBackfill', { params: { project }, body: spec }),
  });

export const useCreateBackfill = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      project,
      spec,
      idempotencyKey,
    }: {
      project: string;
      spec: AskedBackfill;
      idempotencyKey: string;
    }) => call('createBackfill', { params: { project }, body: spec, idempotencyKey }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};

export type BackfillAction = 'terminate' | 'rerun-failed' | 'pause' | 'resume' | 'run' | 'delete';

/** Does one thing to a backfill; bounded calls are repeated until nothing is left. Answers how many instances moved. */
export const useBackfillAction = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({
      place,
      action,
      comment,
      rev,
      idempotencyKey,
    }: {
      place: BackfillPlace;
      action: BackfillAction;
      comment: string | undefined;
      rev: number;
      idempotencyKey: string;
    }): Promise<number | undefined> => {
      const params = { ...place };
      const body = { comment };
      switch (action) {
        case 'pause':
          await call('pauseBackfill', { params, body });
          return undefined;
        case 'resume':
          await call('resumeBackfill', { params, body });
          return undefined;
        case 'run':
          await call('runBackfill', { params, body, idempotencyKey });
          return undefined;
        case 'delete':
          await call('deleteBackfill', { params, ifMatch: rev });
          return undefined;
        case 'terminate':
          return repeated((cursor) =>
            call('terminateBackfill', { params, body: { comment, cursor } }),
          );
        case 'rerun-failed':
          return repeated((cursor) => call('rerunBackfill', { params, body: { comment, cursor } }));
      }
    },
    onSuccess: () => client.invalidateQueries(),
  });
};

type Moves = {
  readonly moved: number;
  readonly paused: number;
  readonly cursor?: string | undefined;
};

const repeated = async (ask: (cursor: string | undefined) => Promise<Moves>): Promise<number> => {
  let [moved, cursor]: [number, string | undefined] = [0, undefined];
  do {
    const answer: Moves = await ask(cursor);
    moved += answer.moved + answer.paused;
    cursor = answer.cursor;
  } while (cursor !== undefined);
  return moved;
};
