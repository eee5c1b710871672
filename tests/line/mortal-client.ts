import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { engineClient } from '../faults/engine.ts';

/** What a request of a killed process ends with. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export type MortalClient = {
  readonly client: DynamoDBDocumentClient;
  readonly kill: () => void;
  readonly isDead: () => boolean;
  /** Dies in the middle of whatever it does, after that many requests more. */
  readonly dieAfter: (requests: number) => void;
};

/**
 * The connection of one process. Once killed, no request goes out and no answer comes in, so that everything that was
 * under way stops where it stood, as with kill -9: written or not, but never told.
 */
export const mortalClient = (endpoint: string): MortalClient => {
  const client = engineClient(endpoint);
  let left = Number.POSITIVE_INFINITY;
  const isDead = () => left <= 0;

  client.middlewareStack.add(
    (next) => async (args) => {
      if (isDead()) throw new Killed();
      left -= 1;
      const answer = await next(args);
      if (isDead()) throw new Killed();
      return answer;
    },
    { step: 'initialize', name: 'mortal', priority: 'high' },
  );
  return {
    client,
    isDead,
    kill: () => {
      left = 0;
    },
    dieAfter: (requests) => {
      left = requests;
    },
  };
};
