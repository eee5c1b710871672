import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import type { AppModel } from './app-model.ts';
import { readBody, send, sendJson } from './http-io.ts';
import { authenticatedClient, type Client, issuerClients } from './issuer-clients.ts';
import { type IssuerKeys, issuerKeys } from './issuer-keys.ts';
import { accessSeconds, refreshTokens, userTokens } from './issuer-tokens.ts';
import { signInPage } from './sign-in-page.ts';
import type { StateStore } from './state-store.ts';

export type Issuer = {
  readonly consoleClient: Client | undefined;
  readonly machineClient: Client | undefined;
  verify(token: string): Promise<JWTPayload>;
  /** What the console reads at `/config.json`. */
  siteConfig(origin: string, clock: { readonly offset: number; readonly speed: number }): unknown;
  /** A machine's access token, as the token endpoint would give it. */
  machineToken(): Promise<string>;
  serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
};

/** Local people, one for each role; signing in is one click. */
const localUsers = ['admin', 'developer', 'operator', 'viewer'] as const;

export const issuerPath = '/_local/issuer';
const codeMs = 120_000;
const sessionSeconds = 12 * 3600;
const sessionCookie = 'nightshift-session';

type Grant = {
  readonly user: string;
  readonly client: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  readonly expires: number;
};

/**
 * An OpenID Connect issuer with the clients of the template's user pool and tokens shaped like Cognito's.
 * Tokens carry real time, since browsers judge them by their own clock.
 */
export const startIssuer = async (
  model: AppModel,
  store: StateStore,
  origin: string,
): Promise<Issuer> => {
  const keys = await issuerKeys(store);
  const clients = issuerClients(model, store);
  const consoleClient = clients.find(({ secret }) => secret === undefined);
  const machineClient = clients.find(({ secret }) => secret !== undefined);
  const codes = new Map<string, Grant>();
  const refresh = refreshTokens(store);

  const authorize = async (
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
  ) => {
    const client = clients.find(
      ({ id, secret }) => id === query.get('client_id') && secret === undefined,
    );
    const redirectUri = query.get('redirect_uri') ?? '';
    if (!client || !isLoopback(redirectUri))
      return send(
        response,
        400,
        'unknown client_id, or a redirect_uri that is not on this machine',
      );
    const back = (answer: Record<string, string>): void => {
      const target = new URL(redirectUri);
      for (const [name, value] of Object.entries({ ...answer, state: query.get('state') ?? '' }))
        if (value) target.searchParams.set(name, value);
      send(response, 302, '', { location: target.href, 'cache-control': 'no-store' });
    };
    if (query.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' });
    if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
      return back({ error: 'invalid_request', error_description: 'PKCE with S256 is required' });

    const chosen =
      request.method === 'POST'
        ? new URLSearchParams((await readBody(request)).toString()).get('user')
        : undefined;
    const user = localUsers.find((name) => name === chosen) ?? (await sessionUser(request, keys));
    if (!user || (query.get('prompt') === 'login' && !chosen)) {
      if (query.get('prompt') === 'none') return back({ error: 'login_required' });
      return signInPage(response, localUsers, `${issuerPath}/authorize?${query}`);
    }
    const code = randomBytes(24).toString('base64url');
    codes.set(code, {
      user,
      client: client.id,
      scope: query.get('scope') ?? 'openid',
      redirectUri,
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce') ?? undefined,
      expires: Date.now() + codeMs,
    });
    const session = await keys.sign({ sub: user, token_use: 'session' }, sessionSeconds);
    response.setHeader('set-cookie', cookie(session, sessionSeconds));
    back({ code });
  };

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams((await readBody(request)).toString('utf8'));
    const client = authenticatedClient(clients, request, form);
    const refuse = (error: string, status = 400) => sendJson(response, status, { error });
    if (!client) return refuse('invalid_client', 401);

    switch (form.get('grant_type')) {
      case 'client_credentials': {
        const wanted = form.get('scope')?.split(' ').filter(Boolean) ?? client.scopes;
        if (client.secret === undefined) return refuse('unauthorized_client');
        if (!wanted.every((scope) => client.scopes.includes(scope))) return refuse('invalid_scope');
        return sendJson(response, 200, {
          access_token: await machineToken(client, wanted, issuerOf(request)),
          expires_in: accessSeconds,
          token_type: 'Bearer',
        });
      }
      case 'authorization_code': {
        const grant = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const verifier = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (
          !grant ||
          grant.expires < Date.now() ||
          grant.client !== client.id ||
          grant.redirectUri !== form.get('redirect_uri') ||
          grant.challenge !== verifier
        )
          return refuse('invalid_grant');
        return sendJson(response, 200, {
          ...(await userTokens(keys, issuerOf(request), grant, grant.nonce)),
          refresh_token: refresh.issue(grant.user, client.id, grant.scope),
        });
      }
      case 'refresh_token': {
        const grant = refresh.find(form.get('refresh_token') ?? '', client.id);
        if (!grant) return refuse('invalid_grant');
        return sendJson(
          response,
          200,
          await userTokens(keys, issuerOf(request), { ...grant, client: client.id }),
        );
      }
      default:
        return refuse('unsupported_grant_type');
    }
  };

  const machineToken = (client: Client, scopes: readonly string[], iss: string): Promise<string> =>
    keys.sign(
      {
        iss,
        sub: client.id,
        client_id: client.id,
        token_use: 'access',
        scope: scopes.join(' '),
        version: 2,
        jti: randomUUID(),
      },
      accessSeconds,
    );

  return {
    consoleClient,
    machineClient,
    verify: keys.verify,
    siteConfig: (at, clock) => ({
      apiUrl: '/api',
      issuer: `${at}${issuerPath}`,
      clientId: consoleClient?.id ?? '',
      scope: consoleClient?.scopes.join(' ') ?? 'openid',
      region: 'local',
      clock,
    }),
    machineToken: () =>
      machineClient
        ? machineToken(machineClient, machineClient.scopes, `${origin}${issuerPath}`)
        : Promise.reject(new Error('the template has no client for machines')),
    async serve(request, response, { pathname, searchParams }) {
      switch (pathname.slice(issuerPath.length)) {
        case '/.well-known/openid-configuration':
          return sendJson(response, 200, discovery(issuerOf(request)));
        case '/jwks':
          return sendJson(response, 200, keys.jwks);
        case '/authorize':
          return authorize(request, response, searchParams);
        case '/token':
          return token(request, response);
        case '/logout': {
          const target =
            searchParams.get('post_logout_redirect_uri') ?? searchParams.get('logout_uri') ?? '';
          response.setHeader('set-cookie', cookie('', 0));
          return send(response, 302, '', { location: isLoopback(target) ? target : '/' });
        }
        default:
          return send(response, 404, 'not found');
      }
    },
  };
};

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  end_session_endpoint: `${issuer}/logout`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
});

/** Where the caller reached us: by another name or a forwarded port, the issuer is there. */
function issuerOf({ headers }: IncomingMessage): string {
  return `http://${headers.host}${issuerPath}`;
}

async function sessionUser(request: IncomingMessage, keys: IssuerKeys) {
  const [, token] =
    new RegExp(`(?:^|; )${sessionCookie}=([^;]+)`).exec(request.headers.cookie ?? '') ?? [];
  if (!token) return undefined;
  const claims = await keys.verify(token).catch(() => undefined);
  return claims?.token_use === 'session'
    ? localUsers.find((name) => name === claims.sub)
    : undefined;
}

function cookie(value: string, seconds: number): string {
  return `${sessionCookie}=${value}; Path=${issuerPath}; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
}

function isLoopback(target: string): boolean {
  return (
    URL.canParse(target) && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(target).hostname)
  );
}
