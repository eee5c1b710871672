import { type Client, createClient } from '../../../shared/contracts/client/create-client.ts';

let client: Client | undefined;

/** Binds `call` to a deployment and a session; once, before anything is drawn. */
export const connect = (apiUrl: string, token: () => Promise<string | undefined>): void => {
  client = createClient({
    // The paths of the route table begin with /api themselves.
    baseUrl: apiUrl.replace(/\/api\/?$/, ''),
    fetch: (url, init) => fetch(url, { ...init, cache: 'no-store' }),
    token,
    source: 'console',
    newKey: () => crypto.randomUUID(),
  });
};

/** The one function that talks to the API; path, input and reply types come from the route table. */
export const call: Client = (name, input) => {
  if (!client) throw new Error('connect() comes first');
  return client(name, input);
};
