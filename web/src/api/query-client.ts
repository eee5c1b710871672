import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../../../shared/contracts/client/api-problem.ts';

/** Only what may pass by itself is tried again: no answer (a TypeError of fetch), or a server that is busy. */
const mayPass = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof ApiProblem && error.status >= 500);

/** `onSignedOut` is called when the API no longer takes the token. */
export const createQueryClient = (onSignedOut: () => void): QueryClient => {
  const watch = (error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'unauthenticated') onSignedOut();
  };

  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
        staleTime: 2_000,
        // A laptop without a network still reaches its local host.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
};
