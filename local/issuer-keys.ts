import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { StateStore } from './state-store.ts';

export type IssuerKeys = {
  readonly jwks: { readonly keys: readonly JWK[] };
  sign(claims: JWTPayload, seconds: number): Promise<string>;
  /** The key is this host's alone, so its signature is proof; the issuer's address may vary (localhost, a forwarded port). */
  verify(token: string): Promise<JWTPayload>;
};

const algorithm = 'RS256';
const keyId = 'local';

/** The issuer's key pair, kept with the state so that a restart signs nobody out. */
export const issuerKeys = async (store: StateStore): Promise<IssuerKeys> => {
  const stored = store.note('issuer-key');
  const jwk: JWK = stored ? JSON.parse(stored) : await newKey();
  if (!stored) store.setNote('issuer-key', JSON.stringify(jwk));

  const { kty, n, e } = jwk;
  const open: JWK = { kty, n, e, alg: algorithm, use: 'sig', kid: keyId };
  const privateKey = (await importJWK(jwk, algorithm)) as CryptoKey;
  const publicKey = (await importJWK(open, algorithm)) as CryptoKey;
  return {
    jwks: { keys: [open] },
    sign: (claims, seconds) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, kid: keyId })
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .sign(privateKey);
    },
    verify: async (token) =>
      (await jwtVerify(token, publicKey, { algorithms: [algorithm] })).payload,
  };
};

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return exportJWK(privateKey);
}
