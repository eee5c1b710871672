import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeadLetterView } from '../../../../shared/contracts/api/dead-letter-routes.ts';
import type { DeadLetterQueueName } from '../../../../shared/domain/dead-letter/dead-letter-queue.ts';
import { call } from '../../api/call.ts';

export type Letter = DeadLetterView;
export type QueueName = DeadLetterQueueName;
export type LetterAction = 'redrive' | 'discard';

const keys = { all: ['dead-letters'] as const };

export const queuesQuery = () =>
  queryOptions({ queryKey: keys.all, queryFn: () => call('listDeadLetterQueues', {}) });

/** A look takes messages away from other looks for a moment, so nothing looks by itself. */
export const lettersQuery = (queue: QueueName) =>
  queryOptions({
    queryKey: [...keys.all, queue],
    queryFn: () => call('listDeadLetters', { params: { queue } }),
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });

export const useHandleLetters = (queue: QueueName, action: LetterAction) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, comment }: { ids: readonly string[]; comment: string }) =>
      call(action === 'redrive' ? 'redriveDeadLetters' : 'discardDeadLetters', {
        params: { queue },
        body: { ids: [...ids], ...(comment ? { comment } : {}) },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
