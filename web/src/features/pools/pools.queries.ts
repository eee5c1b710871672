import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import type { ResourceGroup, ThrottleRule } from '../../../../shared/domain/pool/pool.schema.ts';
import { call } from '../../api/call.ts';

const keys = { all: ['pools'] as const };

export const rulesQuery = () =>
  queryOptions({
    queryKey: [...keys.all, 'rules'],
    queryFn: () => call('listThrottleRules', {}),
  });

export const groupsQuery = () =>
  queryOptions({
    queryKey: [...keys.all, 'groups'],
    queryFn: () => call('listResourceGroups', {}),
  });

/** Slots in use of each limited pool. */
export const poolsQuery = (env: Env) =>
  queryOptions({
    queryKey: [...keys.all, 'use', env],
    queryFn: () => call('listPools', { query: { env } }),
  });

/** Holders and queue of one pool. */
export const poolQuery = (env: Env, pool: string) =>
  queryOptions({
    queryKey: [...keys.all, 'use', env, pool],
    queryFn: () => call('getPool', { params: { pool }, query: { env } }),
  });

/** Creates a rule, or replaces the one of revision `rev`. */
export const useSaveRule = () =>
  useChange(({ rule, rev }: { rule: z.input<typeof ThrottleRule>; rev: number | undefined }) => {
    const { name, ...body } = rule;
    return rev === undefined
      ? call('createThrottleRule', { body: rule })
      : call('updateThrottleRule', { params: { name }, body, ifMatch: rev });
  });

/** Creates a group, or replaces the one of revision `rev`. */
export const useSaveGroup = () =>
  useChange(({ group, rev }: { group: z.input<typeof ResourceGroup>; rev: number | undefined }) => {
    const { name, ...body } = group;
    return rev === undefined
      ? call('createResourceGroup', { body: group })
      : call('updateResourceGroup', { params: { name }, body, ifMatch: rev });
  });

export type PoolKind = 'rule' | 'group';

export const useDeletePool = () =>
  useChange(({ kind, name, rev }: { kind: PoolKind; name: string; rev: number }) =>
    call(kind === 'rule' ? 'deleteThrottleRule' : 'deleteResourceGroup', {
      params: { name },
      ifMatch: rev,
    }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
