import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { IssuerKeys } from './issuer-keys.ts';
import type { StateStore } from './state-store.ts';

export const accessSeconds = 3600;
const refreshMs = 12 * 3_600_000;

/** Access and identity token of a person, shaped like Cognito's. */
export async function userTokens(
  keys: IssuerKeys,
  iss: string,
  {
    user,
    client,
    scope,
  }: { readonly user: string; readonly client: string; readonly scope: string },
  nonce?: string,
) {
  const identity = {
    iss,
    sub: user,
    'cognito:groups': [user],
    auth_time: Math.floor(Date.now() / 1000),
  };
  const access = {
    ...identity,
    username: user,
    client_id: client,
    token_use: 'access',
    scope,
    version: 2,
  };
  const id = {
    ...identity,
    'cognito:username': user,
    aud: client,
    token_use: 'id',
    email: `${user}@localhost`,
  };
  return {
    access_token: await keys.sign({ ...access, jti: randomUUID() }, accessSeconds),
    id_token: await keys.sign({ ...id, ...(nonce && { nonce }) }, accessSeconds),
    expires_in: accessSeconds,
    token_type: 'Bearer',
  };
}

/** Refresh tokens, kept as hashes so that a restart signs nobody out. */
export function refreshTokens({ db }: StateStore) {
  const insert = db.prepare(
    'INSERT INTO refresh_tokens (hash, user, client, scope, expires) VALUES (?, ?, ?, ?, ?)',
  );
  const one = db.prepare(
    'SELECT user, scope FROM refresh_tokens WHERE hash = ? AND client = ? AND expires > ?',
  );
  const purge = db.prepare('DELETE FROM refresh_tokens WHERE expires <= ?');
  const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
  return {
    issue: (user: string, client: string, scope: string): string => {
      const token = randomBytes(32).toString('base64url');
      purge.run(Date.now());
      insert.run(hashOf(token), user, client, scope, Date.now() + refreshMs);
      return token;
    },
    find: (token: string, client: string) =>
      one.get(hashOf(token), client, Date.now()) as { user: string; scope: string } | undefined,
  };
}
