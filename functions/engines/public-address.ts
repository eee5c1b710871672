import { BlockList, isIP } from 'node:net';

/**
 * Addresses an `http` task may reach without the project's leave. IPv4: what the special-purpose registry does not take;
 * IPv6: global unicast only, without the parts that tunnel to IPv4 or are reserved, so mapped (`::ffff:`), unique
 * local, link-local and multicast addresses are all outside.
 */
export const isPublicAddress = (address: string): boolean => {
  const plain = withoutZone(address);
  if (isIP(plain) === 4) return !special4.check(plain, 'ipv4');
  if (isIP(plain) === 6) return global6.check(plain, 'ipv6') && !special6.check(plain, 'ipv6');
  return false;
};

/** Addresses that give credentials to whoever asks. No project can allow them. */
export const isMetadataAddress = (address: string): boolean => {
  const plain = withoutZone(address);
  if (isIP(plain) === 4) return metadata4.check(plain, 'ipv4');
  return isIP(plain) === 6 && (metadata6.check(plain, 'ipv6') || metadata4.check(plain, 'ipv6'));
};

const withoutZone = (address: string): string => address.split('%')[0] ?? '';

const listOf = (family: 'ipv4' | 'ipv6', ...subnets: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix] = subnet.split('/');
    list.addSubnet(net, Number(prefix), family);
  }
  return list;
};

const special4 = listOf(
  'ipv4',
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
);

const global6 = listOf('ipv6', '2000::/3');
const special6 = listOf(
  'ipv6',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
);

const metadata4 = listOf('ipv4', '169.254.0.0/16');
const metadata6 = listOf('ipv6', 'fd00:ec2::/32', 'fe80::/10');
