import { Role } from '../../shared/domain/project/project.schema.ts';
import type { ApiEvent } from './api-request.ts';

/** Who calls, as the token says. `role` holds in every project; grants of a project come on top. */
export type Caller = {
  readonly user: string;
  readonly role: Role | undefined;
  readonly source: string;
};

/** The caller of a request whose token API Gateway has verified; undefined without a token. */
export const callerOf = (event: ApiEvent): Caller | undefined => {
  const claims = event.requestContext.authorizer?.jwt?.claims;
  const user = textOf(
    claims?.username ?? claims?.['cognito:username'] ?? claims?.client_id ?? claims?.sub,
  );
  if (!claims || !user) return undefined;

  const names = [
    ...listOf(claims['cognito:groups']),
    ...listOf(claims.scope).map((scope) => scope.slice(scope.lastIndexOf('/') + 1)),
  ];
  return {
    user,
    role: Role.options.findLast((role) => names.includes(role)),
    source: event.headers['nightshift-source'] ?? 'api',
  };
};

/** Larger may more. No role may nothing. */
export const rankOfRole = (role: Role | undefined): number =>
  role === undefined ? 0 : Role.options.indexOf(role) + 1;

/** The role that may more. */
export const strongerOf = (a: Role | undefined, b: Role | undefined): Role | undefined =>
  rankOfRole(a) >= rankOfRole(b) ? a : b;

const textOf = (claim: unknown): string | undefined =>
  typeof claim === 'string' && claim !== '' ? claim : undefined;

/** The JWT authorizer of API Gateway writes an array claim as the text `[a b]`. */
const listOf = (claim: unknown): readonly string[] => {
  if (Array.isArray(claim)) return claim.map(String);
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((name) => name !== '');
};
