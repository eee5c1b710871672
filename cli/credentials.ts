import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { CliError } from './exit-code.ts';

/** Client credentials of a machine, as the local host writes them, or a token that somebody got elsewhere. */
const ClientCredentials = z.object({
  url: z.url().optional(),
  tokenUrl: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string(),
  scope: z.string().optional(),
});
type ClientCredentials = z.infer<typeof ClientCredentials>;

export type Access = {
  readonly url: string;
  readonly token: () => Promise<string>;
};

type Surroundings = { readonly env: NodeJS.ProcessEnv; readonly cwd: string };

/**
 * Where the API is and how to get a token: NIGHTSHIFT_TOKEN_FILE (credentials or a bare token) and NIGHTSHIFT_URL, else
 * `.nightshift/credentials.json` of this folder or of one above it.
 */
export const findAccess = async ({ env, cwd }: Surroundings): Promise<Access> => {
  const file = env.NIGHTSHIFT_TOKEN_FILE ?? findFile(cwd);
  if (!file)
    throw new CliError(
      'unreachable',
      'no-credentials',
      'no credentials: run this where `npm start` runs, or set NIGHTSHIFT_URL and NIGHTSHIFT_TOKEN_FILE',
    );

  const text = (await readOrFail(file)).trim();
  const credentials = text.startsWith('{') ? credentialsIn(text, file) : undefined;
  const url = env.NIGHTSHIFT_URL ?? credentials?.url;
  if (!url)
    throw new CliError(
      'unreachable',
      'no-url',
      `${file} does not say where the API is; set NIGHTSHIFT_URL`,
    );

  return {
    url: url.replace(/\/+$/, ''),
    token: credentials ? once(() => fetchToken(credentials)) : async () => text,
  };
};

const findFile = (folder: string): string | undefined => {
  const file = join(folder, '.nightshift', 'credentials.json');
  if (existsSync(file)) return file;
  const above = dirname(resolve(folder));
  return above === resolve(folder) ? undefined : findFile(above);
};

const readOrFail = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliError('unreachable', 'no-credentials', `${file}: ${(error as Error).message}`);
  }
};

const credentialsIn = (text: string, file: string): ClientCredentials => {
  try {
    return ClientCredentials.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new CliError('unreachable', 'bad-credentials', `${file}: ${why}`);
  }
};

/** OAuth 2.0 client credentials grant (RFC 6749, 4.4). */
const fetchToken = async ({
  tokenUrl,
  clientId,
  clientSecret,
  scope,
}: ClientCredentials): Promise<string> => {
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }),
  }).catch((error: Error) => {
    throw unreachable(tokenUrl, error);
  });
  if (!answer.ok)
    throw new CliError(
      'unreachable',
      'sign-in-refused',
      `${tokenUrl} refused the credentials: ${answer.status} ${await answer.text()}`,
    );
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
};

/** Nobody answers there: the most common reason is that the host does not run. */
export const unreachable = (url: string, error: Error): CliError => {
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return new CliError(
    'unreachable',
    'unreachable',
    `cannot reach ${url}: ${cause || 'no answer'}; is the host running?`,
  );
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};
