import { describe, expect, it } from 'vitest';
import { type Resolve, vetUrl } from './egress-guard.ts';
import { isPublicAddress } from './public-address.ts';

const resolvesTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const never: Resolve = () => Promise.reject(new Error('not asked'));
const vet = (url: string, allow: string[] = [], resolve: Resolve = never) =>
  vetUrl(new URL(url), allow, resolve);

describe('the egress guard', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1%eth0',
    'ff02::1',
    'localhost',
  ])('does not take %s for public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '100.128.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'takes %s for public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::1]:9000/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00:ec2::254]/',
  ])('refuses %s however it is written', async (url) => {
    expect(await vet(url)).toMatchObject({ ok: false });
  });

  it('refuses a name when any of its addresses is private', async () => {
    const both = resolvesTo('8.8.8.8', '10.0.0.1');
    expect(await vet('https://both.example/', [], both)).toMatchObject({
      ok: false,
      error: expect.stringContaining('10.0.0.1 is not a public address'),
    });
    expect(await vet('https://one.example/', [], resolvesTo('8.8.8.8'))).toEqual({
      ok: true,
      value: [{ address: '8.8.8.8', family: 4 }],
    });
    expect(await vet('https://none.example/')).toMatchObject({ ok: false });
  });

  it('lets an allowed host through, on the allowed port only', async () => {
    expect(await vet('http://127.0.0.1:9000/', ['127.0.0.1:9000'])).toMatchObject({ ok: true });
    expect(await vet('http://127.0.0.1:9001/', ['127.0.0.1:9000'])).toMatchObject({ ok: false });
    expect(await vet('http://127.0.0.1:9001/', ['127.0.0.1'])).toMatchObject({ ok: true });
    expect(await vet('http://[::1]:9000/', ['[::1]:9000'])).toMatchObject({ ok: true });
    expect(
      await vet('http://inner.test/', ['INNER.test:80'], resolvesTo('10.0.0.1')),
    ).toMatchObject({ ok: true });
    expect(
      await vet('http://127.0.0.1.evil.test/', ['127.0.0.1'], resolvesTo('10.0.0.1')),
    ).toMatchObject({ ok: false });
  });

  it('never lets a metadata address through, allowed or not', async () => {
    expect(await vet('http://169.254.169.254/', ['169.254.169.254'])).toMatchObject({ ok: false });
    expect(await vet('http://m.test/', ['m.test'], resolvesTo('fd00:ec2::254'))).toMatchObject({
      ok: false,
    });
    expect(
      await vet('http://m.test/', ['m.test'], resolvesTo('::ffff:169.254.169.254')),
    ).toMatchObject({ ok: false });
  });

  it('speaks http and https only', async () => {
    expect(await vet('file:///etc/hosts')).toMatchObject({ ok: false });
    expect(await vet('ftp://8.8.8.8/')).toMatchObject({ ok: false });
  });
});
