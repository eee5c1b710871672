import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '../shared/contracts/client/create-client.ts';
import { findAccess, unreachable } from './credentials.ts';

/** The typed client of the API, signed in with the credentials of this place. */
export const connect = async (): Promise<Client> => {
  const { url, token } = await findAccess({ env: process.env, cwd: process.cwd() });
  return createClient({
    baseUrl: url,
    token,
    source: 'cli',
    newKey: randomUUID,
    fetch: (target, init) =>
      fetch(target, init).catch((error: Error) => {
        throw unreachable(target, error);
      }),
  });
};

type Page<T> = { readonly items: readonly T[]; readonly cursor?: string | undefined };

/** Every item of a list, page after page, at most `limit`. */
export const allPages = async <T>(
  page: (cursor: string | undefined) => Promise<Page<T>>,
  limit = Number.POSITIVE_INFINITY,
): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const next = await page(cursor);
    items.push(...next.items);
    cursor = next.cursor;
  } while (cursor !== undefined && items.length < limit);
  return items.slice(0, limit);
};
