import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Client, createClient } from '../../shared/contracts/client/create-client.ts';

/** The API as a machine sees it: signs in with the client credentials that the host stored. */
export const apiClient = (credentialsFile: string): Client => {
  const { url, tokenUrl, clientId, clientSecret, scope } = JSON.parse(
    readFileSync(credentialsFile, 'utf8'),
  ) as Record<string, string>;

  const token = async (): Promise<string> => {
    const answer = await fetch(tokenUrl ?? '', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: scope ?? '' }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  let known: Promise<string> | undefined;

  return createClient({
    baseUrl: url ?? '',
    fetch,
    token: () => {
      known ??= token();
      return known;
    },
    source: 'cli',
    newKey: randomUUID,
  });
};
