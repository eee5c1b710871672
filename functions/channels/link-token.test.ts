import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionLink } from '../../shared/domain/notice/action-link.schema.ts';
import { linkLifeSeconds, rotateKeys } from '../../shared/domain/notice/link-keys.schema.ts';
import { linkIdOf, readLink, signLink } from './link-token.ts';

const now = '2026-11-20T10:00:00.000Z';
const link: ActionLink = {
  id: linkIdOf('notice', 'rerun'),
  action: 'rerun',
  object: { kind: 'instance', id: 'prod~shop~daily~r~20261119~1~load~1' },
  env: 'prod',
  project: 'shop',
  expiresAt: '2026-11-21T10:00:00.000Z',
};
const keys = rotateKeys(undefined, { id: 'first', secret: 's'.repeat(43) }, now);
const token = signLink(keys.current, link);

describe('a link in a message', () => {
  it('says what was signed', () => expect(readLink(keys, token, now)).toEqual(link));

  it('is refused when any of its letters is another, is missing, or is one more', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é';
    for (let at = 0; at < token.length; at += 1) {
      for (const letter of letters)
        if (letter !== token[at])
          expect(readLink(keys, token.slice(0, at) + letter + token.slice(at + 1), now)).toBe(
            undefined,
          );
      expect(readLink(keys, token.slice(0, at) + token.slice(at + 1), now)).toBeUndefined();
    }
    for (const letter of letters) expect(readLink(keys, token + letter, now)).toBeUndefined();
  });

  it('is refused whatever else it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readLink(keys, text, now)).toBeUndefined();
        expect(readLink(keys, `first.${text}`, now)).toBeUndefined();
      }),
    );
    expect(readLink(undefined, token, now)).toBeUndefined();
  });

  it('outlives the key that signed it, but not longer than a link is good', () => {
    const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();
    const rotated = rotateKeys(keys, { id: 'second', secret: 't'.repeat(43) }, now);
    expect(readLink(rotated, token, later(linkLifeSeconds - 1))).toEqual(link);
    expect(readLink(rotated, token, later(linkLifeSeconds))).toBeUndefined();
    const again = rotateKeys(rotated, { id: 'third', secret: 'u'.repeat(43) }, later(60));
    expect(readLink(again, token, later(61))).toEqual(link);
    expect(readLink(again, signLink(rotated.current, link), later(61))).toEqual(link);
  });
});
