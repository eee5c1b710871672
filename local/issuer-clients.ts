import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AppModel } from './app-model.ts';
import type { StateStore } from './state-store.ts';

export type Client = {
  readonly id: string;
  /** Confidential clients (machines) have one. */
  readonly secret: string | undefined;
  readonly scopes: readonly string[];
};

/** The clients of the template's user pool; a secret is made once and kept. */
export function issuerClients(model: AppModel, store: StateStore): readonly Client[] {
  return model
    .all('AWS::Cognito::UserPoolClient')
    .map(({ ref, AllowedOAuthFlows, AllowedOAuthScopes }) => ({
      id: ref,
      secret: AllowedOAuthFlows.includes('client_credentials') ? secretOf(ref) : undefined,
      scopes: AllowedOAuthScopes,
    }));

  function secretOf(id: string): string {
    const stored = store.note(`secret-${id}`);
    const secret = stored ?? randomBytes(32).toString('base64url');
    if (!stored) store.setNote(`secret-${id}`, secret);
    return secret;
  }
}

/** The client that a request of the token endpoint proves to be (RFC 6749, 2.3). */
export function authenticatedClient(
  clients: readonly Client[],
  request: IncomingMessage,
  form: URLSearchParams,
) {
  const [, basic] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const [id, secret] = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent)
    : [form.get('client_id') ?? '', form.get('client_secret') ?? undefined];
  const client = clients.find((known) => known.id === id);
  return client && (client.secret === undefined || equal(client.secret, secret ?? ''))
    ? client
    : undefined;
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
