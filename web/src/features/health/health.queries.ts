import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export const healthQuery = () =>
  queryOptions({ queryKey: ['health'], queryFn: () => call('getHealth', {}) });

export const mailStatusQuery = () =>
  queryOptions({ queryKey: ['health', 'mail'], queryFn: () => call('getMailStatus', {}) });

export const suppressionsQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['health', 'suppressions', cursor ?? ''],
    queryFn: () => call('listSuppressions', { query: { cursor } }),
  });

/** Lets an address be written to again. */
export const useLiftSuppression = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (address: string) => call('liftSuppression', { params: { address }, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['health'] }),
  });
};
