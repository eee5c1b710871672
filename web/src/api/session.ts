import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import * as z from 'zod';
import type { RuntimeConfig } from './runtime-config.ts';

const Claims = z.object({
  username: z.string().optional(),
  sub: z.string().optional(),
  'cognito:groups': z.array(z.string()).default([]),
});

type Person = { readonly name: string; readonly groups: readonly string[] };

export type Session = {
  readonly person: () => Person | undefined;
  /** A token that is valid now, renewed when it is about to end; undefined when nobody is signed in. */
  readonly accessToken: () => Promise<string | undefined>;
  /** Leaves the page for the sign-in page of the issuer; comes back to `returnTo`. */
  readonly signIn: (returnTo: string) => Promise<void>;
  /** Ends the way back from the issuer; returns where the person wanted to go. */
  readonly completeSignIn: () => Promise<string>;
  readonly signOut: () => Promise<void>;
  /** Somebody was signed in before this page was loaded: the issuer will most likely not ask again. */
  readonly wasSignedIn: () => boolean;
};

const rememberKey = 'nightshift.signed-in';

/**
 * Code flow with PKCE. Tokens live in the memory of the page only; the session storage holds the state of a sign-in on
 * its way and the mark that one succeeded, so that a reload goes through the issuer without a click.
 */
export const createSession = ({ issuer, clientId, scope }: RuntimeConfig): Session => {
  const home = `${location.origin}/`;
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${home}callback`,
    response_type: 'code',
    scope,
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
    loadUserInfo: false,
    monitorSession: false,
  });
  let person: Person | undefined;

  const remember = (accessToken: string) => {
    person = personOf(accessToken);
    sessionStorage.setItem(rememberKey, 'yes');
  };
  const forget = async () => {
    person = undefined;
    sessionStorage.removeItem(rememberKey);
    await manager.removeUser();
  };

  const renew = onceAtATime(async () => {
    try {
      const user = await manager.signinSilent();
      if (user) remember(user.access_token);
      return user?.access_token;
    } catch {
      await forget();
      return undefined;
    }
  });

  return {
    person: () => person,
    accessToken: async () => {
      const user = await manager.getUser();
      if (!user) return undefined;
      if ((user.expires_in ?? 0) > 30) return user.access_token;
      return user.refresh_token ? renew() : undefined;
    },
    signIn: async (returnTo) => {
      await manager.signinRedirect({ state: { returnTo } });
    },
    completeSignIn: async () => {
      const user = await manager.signinRedirectCallback();
      remember(user.access_token);
      const state = z.object({ returnTo: z.string().regex(/^\/(?!\/)/) }).safeParse(user.state);
      return state.success ? state.data.returnTo : '/';
    },
    signOut: async () => {
      await forget();
      const end = await manager.metadataService.getEndSessionEndpoint();
      // Cognito wants `logout_uri`, the standard `post_logout_redirect_uri`: both are given.
      const query = new URLSearchParams({
        client_id: clientId,
        logout_uri: home,
        post_logout_redirect_uri: home,
      });
      location.assign(end ? `${end}?${query}` : home);
    },
    wasSignedIn: () => sessionStorage.getItem(rememberKey) !== null,
  };
};

/** The claims are read for display only: the API checks the token. */
function personOf(accessToken: string): Person {
  const payload = accessToken.split('.')[1] ?? '';
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  );
  const claims = Claims.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return { name: claims.username ?? claims.sub ?? '', groups: claims['cognito:groups'] };
}

/** Callers that come while one call is on its way share it. */
function onceAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}
