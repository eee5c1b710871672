import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issuerPath } from './issuer.ts';
import type { Client } from './issuer-clients.ts';

/** What the command line and scripts sign in with. */
export type Credentials = {
  readonly url: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
};

/** Writes `credentials.json`, readable by its owner only. */
export const writeCredentials = (
  stateFolder: string,
  url: string,
  client: Client | undefined,
): { credentials: Credentials | undefined; credentialsFile: string } => {
  const credentialsFile = join(stateFolder, 'credentials.json');
  const credentials =
    client?.secret === undefined
      ? undefined
      : {
          url,
          tokenUrl: `${url}${issuerPath}/token`,
          clientId: client.id,
          clientSecret: client.secret,
          scope: client.scopes.join(' '),
        };
  rmSync(credentialsFile, { force: true });
  if (credentials)
    writeFileSync(credentialsFile, `${JSON.stringify(credentials, undefined, 2)}\n`, {
      mode: 0o600,
    });
  return { credentials, credentialsFile };
};
