import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { isMetadataAddress, isPublicAddress } from './public-address.ts';

/** An address that a request may connect to. */
export type VettedAddress = { readonly address: string; readonly family: 4 | 6 };

/** Every address of a host name. Rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly VettedAddress[]>;

export const resolveByDns: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/**
 * Decides where a request to `url` may connect: every address of its host must be public unless the project allows the
 * host (`host` for all its ports, `host:port` for one). The caller connects to the addresses given here and to no
 * others, so a name cannot point elsewhere between the check and the connection.
 */
export const vetUrl = async (
  url: URL,
  allowHosts: readonly string[],
  resolve: Resolve,
): Promise<Result<readonly VettedAddress[], string>> => {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return err(`${url.protocol} is not allowed: use http or https`);

  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await addressesOf(host, resolve);
  if (addresses.length === 0) return err(`the host ${host} cannot be resolved`);

  const metadata = addresses.find(({ address }) => isMetadataAddress(address));
  if (metadata) return err(`${host} is refused: ${metadata.address} is a metadata address`);
  if (isAllowed(url, allowHosts)) return ok(addresses);

  const inside = addresses.find(({ address }) => !isPublicAddress(address));
  if (inside)
    return err(
      `${host} is refused: ${inside.address} is not a public address; ` +
        `an administrator can allow ${url.hostname}:${portOf(url)} for the project`,
    );
  return ok(addresses);
};

const addressesOf = async (host: string, resolve: Resolve): Promise<readonly VettedAddress[]> => {
  const family = isIP(host);
  if (family === 4 || family === 6) return [{ address: host, family }];
  return resolve(host).catch(() => []);
};

const isAllowed = (url: URL, allowHosts: readonly string[]): boolean => {
  const names = [url.hostname, `${url.hostname}:${portOf(url)}`];
  return allowHosts.some((allowed) => names.includes(allowed.toLowerCase()));
};

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');
