import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, startHost } from './host.ts';
import { type TinyApp, writeTinyApp } from './testing/tiny-app.ts';

let app: TinyApp;
let host: Host;
let issuer: string;

beforeAll(async () => {
  app = writeTinyApp();
  host = await startHost({ assembly: app.assembly, site: app.site, state: app.state });
  issuer = `${host.url}/_local/issuer`;
});
afterAll(async () => {
  await host.stop();
  app.remove();
});

const verifier = randomBytes(32).toString('base64url');
const redirectUri = () => `${host.url}/callback`;
const authorizeUrl = (more: Record<string, string> = {}): string =>
  `${issuer}/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'ConsoleClient',
    redirect_uri: redirectUri(),
    scope: 'openid profile',
    state: 'kept',
    nonce: 'once',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })}`;
const choose = (url: string, user: string): Promise<Response> =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ user }) });
const locationOf = (answer: Response): URL => new URL(answer.headers.get('location') ?? '');
const tokens = (
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${issuer}/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
const trade = (code: string, more: Record<string, string> = {}): Promise<Response> =>
  tokens({
    grant_type: 'authorization_code',
    client_id: 'ConsoleClient',
    code,
    redirect_uri: redirectUri(),
    code_verifier: verifier,
    ...more,
  });

describe('signing in at the local issuer', () => {
  it('takes one click and gives tokens shaped like those of Cognito', async () => {
    expect(await (await fetch(authorizeUrl())).text()).toContain('value="developer"');
    const back = locationOf(await choose(authorizeUrl(), 'operator'));
    expect([back.origin, back.pathname, back.searchParams.get('state')]).toEqual([
      host.url,
      '/callback',
      'kept',
    ]);

    const answer = await trade(back.searchParams.get('code') ?? '');
    const { access_token, id_token, refresh_token } = (await answer.json()) as Record<
      string,
      string
    >;
    const discovery = (await (
      await fetch(`${issuer}/.well-known/openid-configuration`)
    ).json()) as Record<string, string>;
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri ?? ''));
    const { payload } = await jwtVerify(access_token ?? '', keys, { issuer });
    expect(payload).toMatchObject({
      token_use: 'access',
      client_id: 'ConsoleClient',
      username: 'operator',
      'cognito:groups': ['operator'],
      scope: 'openid profile',
    });
    expect(decodeJwt(id_token ?? '')).toMatchObject({
      aud: 'ConsoleClient',
      nonce: 'once',
      token_use: 'id',
    });

    const api = await fetch(`${host.url}/api/things/1`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    const { event } = (await api.json()) as {
      event: { requestContext: { authorizer: { jwt: { claims: object } } } };
    };
    expect(event.requestContext.authorizer.jwt.claims).toMatchObject({
      username: 'operator',
      'cognito:groups': '[operator]',
    });

    const renewed = await tokens({
      grant_type: 'refresh_token',
      client_id: 'ConsoleClient',
      refresh_token: refresh_token ?? '',
    });
    expect(
      decodeJwt(((await renewed.json()) as Record<string, string>).access_token ?? ''),
    ).toMatchObject({ username: 'operator' });
  });

  it('asks nobody twice until they sign out', async () => {
    const signedIn = await choose(authorizeUrl(), 'viewer');
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const again = await fetch(authorizeUrl({ prompt: 'none' }), {
      redirect: 'manual',
      headers: { cookie },
    });
    expect(locationOf(again).searchParams.has('code')).toBe(true);
    const without = await fetch(authorizeUrl({ prompt: 'none' }), { redirect: 'manual' });
    expect(locationOf(without).searchParams.get('error')).toBe('login_required');
    const out = await fetch(`${issuer}/logout?post_logout_redirect_uri=${host.url}/`, {
      redirect: 'manual',
    });
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  it('gives a code away once, to its own client, redirect and verifier', async () => {
    const code = async () =>
      locationOf(await choose(authorizeUrl(), 'admin')).searchParams.get('code') ?? '';
    const once = await code();
    expect((await trade(once)).status).toBe(200);
    expect((await trade(once)).status).toBe(400);
    expect((await trade(await code(), { code_verifier: 'wrong' })).status).toBe(400);
    expect((await trade(await code(), { redirect_uri: `${host.url}/other` })).status).toBe(400);
    expect(
      (
        await tokens({
          grant_type: 'refresh_token',
          client_id: 'ConsoleClient',
          refresh_token: 'x',
        })
      ).status,
    ).toBe(400);
  });

  it('refuses unknown clients, foreign redirects and flows without PKCE', async () => {
    expect((await choose(authorizeUrl({ client_id: 'Nobody' }), 'admin')).status).toBe(400);
    expect(
      (await choose(authorizeUrl({ redirect_uri: 'https://elsewhere.example/' }), 'admin')).status,
    ).toBe(400);
    const plain = locationOf(
      await choose(authorizeUrl({ code_challenge_method: 'plain' }), 'admin'),
    );
    expect(plain.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('machines', () => {
  it('sign in with the credentials of a file that only its owner may read', async () => {
    expect(statSync(host.credentialsFile).mode & 0o777).toBe(0o600);
    const { tokenUrl, clientId, clientSecret, scope } = JSON.parse(
      readFileSync(host.credentialsFile, 'utf8'),
    );
    expect(tokenUrl).toBe(`${issuer}/token`);
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    });
    const granted = await tokens({ grant_type: 'client_credentials', scope }, basic(clientSecret));
    const { access_token } = (await granted.json()) as Record<string, string>;
    expect(decodeJwt(access_token ?? '')).toMatchObject({
      client_id: 'MachineClient',
      scope: 'tiny/operator',
      token_use: 'access',
    });
    expect((await tokens({ grant_type: 'client_credentials' }, basic('wrong'))).status).toBe(401);
    expect(
      (await tokens({ grant_type: 'client_credentials', scope: 'tiny/admin' }, basic(clientSecret)))
        .status,
    ).toBe(400);
    expect(
      (await tokens({ grant_type: 'client_credentials', client_id: 'ConsoleClient' })).status,
    ).toBe(400);
  });

  it('stay signed in over a restart', async () => {
    const token = await host.token();
    await host.stop();
    host = await startHost({ assembly: app.assembly, site: app.site, state: app.state });
    issuer = `${host.url}/_local/issuer`;
    const answer = await fetch(`${host.url}/api/things/1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  });
});
