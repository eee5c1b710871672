import type { ServerResponse } from 'node:http';
import { escaped, send } from './http-io.ts';

const style =
  'body{font:16px system-ui;max-width:24rem;margin:15vh auto;padding:0 1rem}button{display:block;width:100%;margin:.5rem 0;padding:.75rem;font:inherit;text-align:left;border:1px solid #8886;border-radius:.5rem;background:none;color:inherit;cursor:pointer}:root{color-scheme:light dark}';

/** One button for each local person. On AWS this is the managed login of Cognito. */
export const signInPage = (
  response: ServerResponse,
  users: readonly string[],
  action: string,
): void => {
  const buttons = users
    .map(
      (user) =>
        `<button name="user" value="${escaped(user)}">Sign in as <b>${escaped(user)}</b></button>`,
    )
    .join('');
  send(
    response,
    200,
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in · local host</title><style>${style}</style><h1>Nightshift</h1><p>This is the local host: it asks for no password.</p><form method="post" action="${escaped(action)}">${buttons}</form></html>`,
    {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    },
  );
};
