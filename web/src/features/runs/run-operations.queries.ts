import { useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  RetryVersion,
  RunOperation,
} from '../../../../shared/contracts/api/run-operation-routes.ts';
import { call } from '../../api/call.ts';

/** One operation on one or many runs; every list is read anew afterwards. */
export const useRunBatch = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      idempotencyKey,
      ...body
    }: {
      op: RunOperation;
      ids: string[];
      comment: string | undefined;
      version?: RetryVersion;
      idempotencyKey: string;
    }) => call('batchRuns', { body, idempotencyKey }),
    onSuccess: () => client.invalidateQueries(),
  });
};
